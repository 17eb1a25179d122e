// SPDX-License-Identifier: Apache-2.0

extension NumberLiteral {
    /// Reads a number as the server does: as an integer if it can be one, else as a float.
    ///
    /// `010` is 8, `08` is the float 8, and an integer beyond 64 bits becomes the nearest float, except in hexadecimal.
    /// - Parameter spelling: A text that is one number token.
    init(spelling: String) {
        self.init(spelling: spelling, value: Value(spelling))
    }
}

extension NumberLiteral.Value {
    fileprivate init(_ spelling: String) {
        if case .value(let integer) = GoInteger.parse(spelling) {
            self = .integer(integer)
        } else if !spelling.utf8.contains(UInt8(ascii: "x")), let float = Double(spelling), float.isFinite {
            self = .float(float)
        } else {
            self = .unparsable
        }
    }
}
