// SPDX-License-Identifier: Apache-2.0

/// Moments in UTC as ISO 8601 writes them, `2026-11-23T15:49:58Z`, in the proleptic Gregorian calendar.
public enum ISO8601 {
    /// How much of a second is written.
    public enum Fraction: Int, Sendable {
        case none = 0
        case milliseconds = 3
        case microseconds = 6
    }

    /// The moment `unixSeconds` after 1970-01-01T00:00:00Z.
    public static func string(unixSeconds: Int64) -> String {
        write(seconds: unixSeconds, fraction: "")
    }

    /// The moment `unixMicroseconds` after 1970-01-01T00:00:00Z; what `fraction` does not show is cut off, not rounded.
    public static func string(unixMicroseconds: Int64, fraction: Fraction = .microseconds) -> String {
        let (seconds, micros) = floorDivide(unixMicroseconds, 1_000_000)
        guard fraction != .none else { return write(seconds: seconds, fraction: "") }
        return write(seconds: seconds, fraction: "." + padded(micros, 6).prefix(fraction.rawValue))
    }

    private static func write(seconds: Int64, fraction: String) -> String {
        let (days, second) = floorDivide(seconds, 86_400)
        let date = CivilDate(daysSince1970: days)
        let year = (0...9999).contains(date.year) ? padded(date.year, 4) : String(date.year)
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(year)-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time)\(fraction)Z"
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Quotient towards minus infinity and the remainder, which is never negative.
func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}
