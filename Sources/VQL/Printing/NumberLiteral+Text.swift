// SPDX-License-Identifier: Apache-2.0

extension NumberLiteral {
    /// The number as the server prints it: integers in decimal, floats with the fewest digits and always a point or an
    /// exponent.
    var canonicalText: String {
        switch value {
        case .integer(let integer): String(integer)
        case .float(let float): Self.text(of: float)
        case .unparsable: spelling
        }
    }

    /// The shortest text that reads back as this float and not as an integer. `value` must be finite.
    static func text(of value: Double) -> String {
        // Swift writes a point or an exponent for every finite number, and so the language reads it as a float.
        value.description
    }
}
