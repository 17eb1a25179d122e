// SPDX-License-Identifier: Apache-2.0

/// Doubles in Go's spelling.
enum GoNumber {
    /// As in JSON: plain digits from 1e-6 up to 1e21, an exponent beyond; `null` for what JSON cannot write.
    static func json(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let size = value.magnitude
        return spelled(value, plain: size == 0 || (size >= 1e-6 && size < 1e21), exponentWidth: 1)
    }

    /// As `%v` prints it: an exponent from 1e21 on, with two digits at least.
    static func display(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        let size = value.magnitude
        return spelled(value, plain: size == 0 || (size >= 1e-4 && size < 1e21), exponentWidth: 2)
    }

    private static func spelled(_ value: Double, plain: Bool, exponentWidth: Int) -> String {
        let (digits, exponent) = shortestDigits(value.magnitude)
        let sign = value.sign == .minus ? "-" : ""
        guard plain else {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let exponentSign = exponent < 0 ? "-" : "+"
            return sign + String(digits.prefix(1)) + fraction + "e" + exponentSign
                + Int(exponent.magnitude).padded(exponentWidth)
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = exponent + 1
        if digits.count <= whole { return sign + digits + String(repeating: "0", count: whole - digits.count) }
        return sign + digits.prefix(whole) + "." + digits.dropFirst(whole)
    }

    /// The fewest digits that give the number back, and the power of ten of the first one.
    private static func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
        let parts = value.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let pieces = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(pieces[0])
        let fraction = pieces.count > 1 && pieces[1] != "0" ? String(pieces[1]) : ""
        let all = whole + fraction
        let digits = all.drop { $0 == "0" }
        guard !digits.isEmpty else { return ("0", 0) }
        let leading = all.count - digits.count
        let trimmed = String(digits.reversed().drop { $0 == "0" }.reversed())
        return (trimmed, exponent + whole.count - 1 - leading)
    }
}
