// SPDX-License-Identifier: Apache-2.0

extension VQLTime {
    /// Every member, as a moment shows them in a row of its own.
    var members: VQLRow {
        VQLRow(Self.memberNames.compactMap { name in member(name).map { (name, $0) } })
    }

    private static let memberNames = [
        "Day", "Hour", "ISOWeek", "IsDST", "IsZero", "Minute", "Month", "Nanosecond", "Second", "String", "UTC", "Unix",
        "UnixMicro", "UnixMilli", "UnixNano", "Weekday", "Year", "YearDay", "Zone",
    ]

    /// What the server reads of a moment by name; `nil` for a name it does not have.
    func member(_ name: String) -> VQLValue? {
        let fields = fields
        return switch name {
        case "Unix": .integer(seconds)
        case "UnixMilli": .integer(seconds &* 1_000 &+ Int64(nanoseconds) / 1_000_000)
        case "UnixMicro": .integer(seconds &* 1_000_000 &+ Int64(nanoseconds) / 1_000)
        case "UnixNano": .integer((seconds &* 1_000_000_000) &+ Int64(nanoseconds))
        case "Year": .integer(fields.year)
        case "Month": .integer(Int64(fields.month))
        case "Day": .integer(Int64(fields.day))
        case "Hour": .integer(Int64(fields.hour))
        case "Minute": .integer(Int64(fields.minute))
        case "Second": .integer(Int64(fields.second))
        case "Nanosecond": .integer(Int64(nanoseconds))
        case "Weekday": .integer(Int64(fields.weekday))
        case "YearDay": .integer(dayOfYear)
        // The server gives the year here: of the two results of Go's method it takes the first.
        case "ISOWeek": .integer(yearOfWeek)
        case "IsDST": false
        case "IsZero": .bool(self == .zero)
        case "String": .text(VQLTime(seconds: seconds).rfc3339)
        case "UTC", "Local": .time(self)
        case "Zone": "UTC"
        default: nil
        }
    }

    /// From 1.
    private var dayOfYear: Int64 {
        let newYear = VQLTime(year: fields.year, month: 1, day: 1)
        return (seconds &- newYear.seconds).flooredQuotient(86_400) + 1
    }

    /// The year that this week's Thursday lies in.
    private var yearOfWeek: Int64 {
        let daysToThursday = 4 - (fields.weekday == 0 ? 7 : fields.weekday)
        return VQLTime(seconds: seconds &+ Int64(daysToThursday) * 86_400).fields.year
    }
}
