// SPDX-License-Identifier: Apache-2.0

/// Integers as Go's `ParseInt` reads them with base 0: `0x` is hexadecimal, `0b` binary, `0o` and a leading zero octal.
enum GoInteger: Equatable {
    case value(Int64)
    /// An integer, beyond 64 bits.
    case outOfRange
    case invalidSyntax

    /// Reads what the lexer takes for a number, which has no underscores.
    static func parse(_ spelling: String) -> GoInteger {
        let isNegative = spelling.hasPrefix("-")
        var digits = spelling.utf8.dropFirst(isNegative ? 1 : 0)
        let radix = radix(of: &digits)
        guard !digits.isEmpty else { return .invalidSyntax }
        guard digits.allSatisfy({ ($0.hexDigitValue).map { $0 < radix } ?? false }) else { return .invalidSyntax }
        let sign = isNegative ? "-" : ""
        return Int64(sign + String(decoding: digits, as: UTF8.self), radix: Int(radix)).map { .value($0) }
            ?? .outOfRange
    }

    /// Decides the base and drops the prefix that tells it.
    private static func radix(of digits: inout Substring.UTF8View) -> UInt8 {
        guard digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else { return 10 }
        switch second | 0x20 {
        case UInt8(ascii: "x"):
            digits = digits.dropFirst(2)
            return 16
        case UInt8(ascii: "b"):
            digits = digits.dropFirst(2)
            return 2
        case UInt8(ascii: "o"):
            digits = digits.dropFirst(2)
            return 8
        default:
            digits = digits.dropFirst()
            return 8
        }
    }
}
