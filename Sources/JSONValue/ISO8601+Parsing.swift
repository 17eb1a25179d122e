// SPDX-License-Identifier: Apache-2.0

extension ISO8601 {
    /// The microseconds since 1970 of an RFC 3339 moment such as `2026-11-23T15:49:58.25+01:00`; `nil` if `text` is
    /// none.
    ///
    /// Digits beyond the microsecond are cut off. A leap second counts as the first second of the next minute.
    public static func unixMicroseconds(_ text: String) -> Int64? {
        var reader = DigitReader(text)
        guard let date = reader.date(), reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.number(2, upTo: 23), reader.take(":"), let minute = reader.number(2, upTo: 59),
            reader.take(":"), let second = reader.number(2, upTo: 60), let micros = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        // A leap second exists only as the last one of a UTC day.
        if second == 60, floorDivide(hour * 60 + minute - offset, 1440).remainder != 1439 { return nil }
        let minutes = date.daysSince1970 * 1440 + hour * 60 + minute - offset
        return (minutes * 60 + second) * 1_000_000 + micros
    }

    /// Whether `text` is a day such as `2026-11-23` that the calendar has.
    static func isDate(_ text: String) -> Bool {
        var reader = DigitReader(text)
        return reader.date() != nil && reader.isAtEnd
    }

    /// Whether `text` is a time of day with its offset, such as `15:49:58Z`.
    static func isTime(_ text: String) -> Bool {
        unixMicroseconds("1970-01-01T" + text) != nil
    }
}

/// Reads fixed-width decimal fields from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == character.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ width: Int, upTo greatest: Int64) -> Int64? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy((Byte.zero...Byte.nine).contains) else { return nil }
        rest.removeFirst(width)
        let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - Byte.zero) }
        return value <= greatest ? value : nil
    }

    mutating func date() -> CivilDate? {
        guard let year = number(4, upTo: 9999), take("-"), let month = number(2, upTo: 12), take("-"),
            let day = number(2, upTo: 31)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        return date.exists ? date : nil
    }

    /// The microseconds of an optional fraction.
    mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (Byte.zero...Byte.nine).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest.removeFirst(digits.count)
        let kept = digits.prefix(6).reduce(Int64(0)) { $0 * 10 + Int64($1 - Byte.zero) }
        return (digits.count..<max(6, digits.count)).reduce(kept) { value, _ in value * 10 }
    }

    /// The minutes by which local time is ahead of UTC.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64 = if take("+") { 1 } else if take("-") { -1 } else { 0 }
        guard sign != 0, let hours = number(2, upTo: 23), take(":"), let minutes = number(2, upTo: 59) else {
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}
