// SPDX-License-Identifier: Apache-2.0

/// A decimal number of any size: `sign * digits * 10^exponent`, compared without rounding.
struct ExactDecimal: Hashable, Sendable {
    let isNegative: Bool
    /// Most significant first, without zeros at either end; empty for zero.
    let digits: [UInt8]
    /// The power of ten of the last digit. Held within what cannot overflow; no document can tell such numbers apart.
    let exponent: Int

    private static let exponentLimit = Int.max / 4

    /// Reads a number in JSON's grammar.
    init(_ literal: String) {
        var digits: [UInt8] = []
        var exponent = 0
        var isNegative = false
        var behindPoint = false
        var power = ""
        var inPower = false
        for byte in literal.utf8 {
            if inPower {
                power.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            switch byte {
            case Byte.minus: isNegative = true
            case Byte.dot: behindPoint = true
            case Byte.e, UInt8(ascii: "E"): inPower = true
            default:
                digits.append(byte &- Byte.zero)
                if behindPoint { exponent -= 1 }
            }
        }
        self.init(isNegative: isNegative, digits: digits, exponent: exponent + Self.power(power))
    }

    init(_ value: Int64) {
        self.init(value.description)
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        var significant = digits.drop { $0 == 0 }
        let length = significant.count
        while significant.last == 0 { significant.removeLast() }
        self.digits = Array(significant)
        self.isNegative = isNegative && !significant.isEmpty
        self.exponent = significant.isEmpty ? 0 : Self.clamped(exponent + length - significant.count)
    }

    private static func power(_ text: String) -> Int {
        guard !text.isEmpty else { return 0 }
        guard let power = Int(text) else { return text.hasPrefix("-") ? -exponentLimit : exponentLimit }
        return clamped(power)
    }

    private static func clamped(_ exponent: Int) -> Int {
        max(-exponentLimit, min(exponentLimit, exponent))
    }

    var isZero: Bool { digits.isEmpty }

    /// Whether the number has no fraction, however it is written: `1.0` and `1e2` have none.
    var isInteger: Bool { exponent >= 0 }

    /// The value as an integer; `nil` where there is a fraction or the type is too small.
    func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        guard isInteger, exponent <= Integer.bitWidth else { return isZero ? 0 : nil }
        var value: Integer = 0
        for digit in digits + Array(repeating: 0, count: exponent) {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? shifted.subtractingReportingOverflow(Integer(digit))
                : shifted.addingReportingOverflow(Integer(digit))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// The digits as an integer; `nil` beyond eighteen of them.
    var smallDigits: UInt64? {
        guard digits.count <= 18 else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    /// Whether this number is a whole multiple of `divisor`, whose digits are given as a number.
    func isMultiple(of divisor: ExactDecimal, digits modulus: UInt64) -> Bool {
        guard !isZero else { return true }
        // The last digit of either is not zero: a number that ends further right than the divisor is no multiple.
        guard exponent >= divisor.exponent else { return false }
        func modulo(_ product: (high: UInt64, low: UInt64)) -> UInt64 { modulus.dividingFullWidth(product).remainder }
        var remainder = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % modulus }
        var factor = 10 % modulus
        var power = exponent - divisor.exponent
        while power > 0 {
            if power & 1 == 1 { remainder = modulo(remainder.multipliedFullWidth(by: factor)) }
            factor = modulo(factor.multipliedFullWidth(by: factor))
            power >>= 1
        }
        return remainder == 0
    }
}

extension ExactDecimal: Comparable {
    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmallerInSize(than: left) : left.isSmallerInSize(than: right)
    }

    private func isSmallerInSize(than other: ExactDecimal) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let magnitude = digits.count + exponent
        let otherMagnitude = other.digits.count + other.exponent
        if magnitude != otherMagnitude { return magnitude < otherMagnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension JSONValue {
    /// The number, exactly; `nil` for anything else.
    var decimal: ExactDecimal? {
        switch self {
        case .integer(let value): ExactDecimal(value)
        case .number(let number): ExactDecimal(number.literal)
        default: nil
        }
    }

    /// Equality as JSON Schema defines it: as `==`, but numbers are equal when their values are, so `1` equals `1.0`.
    func isSchemaEqual(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSchemaEqual(to: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in right[member.key]?.isSchemaEqual(to: member.value) ?? false }
        case (.number, .number), (.integer, .number), (.number, .integer): decimal == other.decimal
        default: self == other
        }
    }

    /// The same value with every number in one spelling, so that schema-equal values are equal and hash alike.
    var schemaCanonical: JSONValue {
        switch self {
        case .number(let number):
            let decimal = ExactDecimal(number.literal)
            let digits = decimal.digits.map { String($0) }.joined()
            let literal = "\(decimal.isNegative ? "-" : "")\(digits.isEmpty ? "0" : digits)e\(decimal.exponent)"
            return .number(JSONNumber(unchecked: literal))
        case .integer(let value): return JSONValue.number(JSONNumber(unchecked: String(value))).schemaCanonical
        case .array(let elements): return .array(elements.map(\.schemaCanonical))
        case .object(let object): return .object(JSONObject(object.map { ($0.key, $0.value.schemaCanonical) }))
        default: return self
        }
    }
}
