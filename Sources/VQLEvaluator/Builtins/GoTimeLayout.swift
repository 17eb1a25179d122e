// SPDX-License-Identifier: Apache-2.0

/// Go's way to say how a moment is written: by example, with the moment `Mon Jan 2 15:04:05 2006`.
enum GoTimeLayout {
    static let rfc3339 = "2006-01-02T15:04:05Z07:00"

    private enum Part: CaseIterable {
        case longYear, longMonth, shortMonth, month, weekday, day, paddedDay, hour, minute, second, shortYear, zone
        case zoneOffset

        var example: String {
            switch self {
            case .longYear: "2006"
            case .longMonth: "January"
            case .shortMonth: "Jan"
            case .month: "01"
            case .weekday: "Mon"
            case .paddedDay: "02"
            case .day: "2"
            case .hour: "15"
            case .minute: "04"
            case .second: "05"
            case .shortYear: "06"
            case .zone: "MST"
            case .zoneOffset: "Z07:00"
            }
        }

        /// How many digits it has, where it is a number of fixed width.
        var digits: Int? {
            switch self {
            case .longYear: 4
            case .month, .paddedDay, .hour, .minute, .second, .shortYear: 2
            default: nil
            }
        }
    }

    private enum Piece {
        case part(Part)
        case literal(Character)
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func pieces(_ layout: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(layout)
        while let first = rest.first {
            let candidates = Part.allCases.filter { rest.hasPrefix($0.example) }
            if let part = candidates.max(by: { $0.example.count < $1.example.count }) {
                pieces.append(.part(part))
                rest = rest.dropFirst(part.example.count)
            } else {
                pieces.append(.literal(first))
                rest = rest.dropFirst()
            }
        }
        return pieces
    }

    static func text(_ time: VQLTime, layout: String) -> String {
        let fields = time.fields
        return pieces(layout).map { piece in
            switch piece {
            case .literal(let character): String(character)
            case .part(let part): text(part, fields)
            }
        }.joined()
    }

    private static func text(_ part: Part, _ fields: VQLTime.Fields) -> String {
        switch part {
        case .longYear: fields.year.padded(4)
        case .shortYear: (fields.year % 100).padded(2)
        case .longMonth: months[fields.month - 1]
        case .shortMonth: String(months[fields.month - 1].prefix(3))
        case .month: fields.month.padded(2)
        case .weekday: weekdays[fields.weekday]
        case .day: String(fields.day)
        case .paddedDay: fields.day.padded(2)
        case .hour: fields.hour.padded(2)
        case .minute: fields.minute.padded(2)
        case .second: fields.second.padded(2)
        case .zone: "UTC"
        case .zoneOffset: "Z"
        }
    }

    /// Reads a moment of UTC; `nil` if the text does not follow the layout.
    static func time(_ text: String, layout: String) -> VQLTime? {
        var numbers: [Part: Int] = [:]
        var rest = Substring(text)
        for piece in pieces(layout) {
            switch piece {
            case .literal(let character):
                guard rest.popFirst() == character else { return nil }
            case .part(.longMonth), .part(.shortMonth):
                guard let place = months.firstIndex(where: { rest.hasPrefix($0.prefix(3)) }) else { return nil }
                let name = rest.hasPrefix(months[place]) ? months[place] : String(months[place].prefix(3))
                numbers[.month] = place + 1
                rest = rest.dropFirst(name.count)
            case .part(.weekday), .part(.zone): rest = rest.dropFirst(3)
            case .part(.zoneOffset): guard rest.popFirst() == "Z" else { return nil }
            case .part(let part):
                let digits = rest.prefix(part.digits ?? 2).prefix { $0.isASCII && $0.isNumber }
                guard let number = Int(digits) else { return nil }
                numbers[part] = number
                rest = rest.dropFirst(digits.count)
            }
        }
        guard rest.isEmpty else { return nil }
        return VQLTime(
            year: Int64(numbers[.longYear] ?? numbers[.shortYear].map { 2000 + $0 } ?? 0),
            month: numbers[.month] ?? 1,
            day: numbers[.paddedDay] ?? numbers[.day] ?? 1,
            hour: numbers[.hour] ?? 0,
            minute: numbers[.minute] ?? 0,
            second: numbers[.second] ?? 0
        )
    }
}
