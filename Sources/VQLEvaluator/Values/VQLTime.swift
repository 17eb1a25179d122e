// SPDX-License-Identifier: Apache-2.0

/// A moment in UTC, to the nanosecond.
public struct VQLTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970; negative before that.
    public var seconds: Int64
    /// Nanoseconds after ``seconds``, 0 to 999,999,999.
    public var nanoseconds: Int32

    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The moment that lies `epoch` seconds, with fraction, after 1970.
    public init(epoch: Double) {
        let whole = epoch.rounded(.down)
        let fraction = epoch.isFinite ? (epoch - whole) * 1e9 : 0
        self.init(seconds: Int64(truncatingInRange: whole), nanoseconds: min(Int32(fraction), 999_999_999))
    }

    /// The server's zero time, the first moment of the year 1.
    public static let zero = VQLTime(seconds: -62_135_596_800)

    /// Seconds since 1970 with fraction.
    public var epoch: Double { Double(seconds) + Double(nanoseconds) / 1e9 }

    public static func < (left: VQLTime, right: VQLTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension VQLTime {
    /// The date and time of day of a moment, in the Gregorian calendar.
    struct Fields: Equatable {
        var year: Int64
        var month: Int
        var day: Int
        var hour: Int
        var minute: Int
        var second: Int
        /// 0 is Sunday.
        var weekday: Int
    }

    /// Days are counted from 1 March of year 0, so that the leap day comes last in its year.
    var fields: Fields {
        let days = seconds.flooredQuotient(86_400)
        let rest = Int(seconds.flooredRemainder(86_400))
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        return Fields(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1),
            hour: rest / 3_600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: Int((days + 4).flooredRemainder(7))
        )
    }

    /// The moment with this date and time; fields beyond their range carry over, and what does not fit
    /// 64 bits of seconds wraps around.
    init(year: Int64, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanoseconds: Int32 = 0) {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredQuotient(400)
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let timeOfDay = Int64(hour) * 3_600 + Int64(minute) * 60 + Int64(second)
        self.init(seconds: days &* 86_400 &+ timeOfDay, nanoseconds: nanoseconds)
    }

    /// RFC 3339 in UTC; a fraction is written without its trailing zeros.
    public var rfc3339: String {
        let date = fields
        var text = "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
        text += "T\(date.hour.padded(2)):\(date.minute.padded(2)):\(date.second.padded(2))"
        if nanoseconds > 0 {
            var digits = nanoseconds.padded(9)
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + "Z"
    }
}

extension FixedWidthInteger {
    /// The quotient rounded towards minus infinity.
    func flooredQuotient(_ divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What is left of ``flooredQuotient(_:)``: never negative for a positive divisor.
    func flooredRemainder(_ divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// Decimal digits with leading zeros up to `width`.
    func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
        return (self < 0 ? "-" : "") + zeros + digits
    }
}
