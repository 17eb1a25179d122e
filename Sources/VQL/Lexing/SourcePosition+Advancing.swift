// SPDX-License-Identifier: Apache-2.0

extension SourcePosition {
    /// The position after some bytes that begin here.
    func advanced(over bytes: ArraySlice<UInt8>) -> SourcePosition {
        var line = line
        var column = column
        for byte in bytes {
            if byte == ASCII.newline {
                line += 1
                column = 1
            } else if !byte.continuesCodePoint {
                column += 1
            }
        }
        return SourcePosition(byteOffset: byteOffset + bytes.count, line: line, column: column)
    }
}
