// SPDX-License-Identifier: Apache-2.0

/// Reads moments from numbers and texts.
enum TimeParser {
    /// A moment to compare with: a number counts seconds.
    static func moment(_ value: VQLValue) -> VQLTime? {
        switch value {
        case .time(let time): time
        case .string(let text): time(from: text.text)
        case .bool, .null: nil
        default: value.doubleValue.map(VQLTime.init(epoch:))
        }
    }

    /// A moment from whatever `timestamp(epoch=…)` takes; large numbers count milli-, micro- or nanoseconds.
    static func time(from value: VQLValue) -> VQLTime? {
        switch value {
        case .time(let time): time
        case .string(let text): time(from: text.text)
        case .double(let seconds): VQLTime(epoch: seconds)
        case .integer(let count): time(count: count)
        case .unsigned(let count): time(count: Int64(clamping: count))
        default: nil
        }
    }

    private static func time(count: Int64) -> VQLTime {
        if count == 0 { return .zero }
        let perSecond: Int64 =
            switch count.magnitude {
            case 0..<20_000_000_000: 1
            case 0..<20_000_000_000_000: 1_000
            case 0..<20_000_000_000_000_000: 1_000_000
            default: 1_000_000_000
            }
        let rest = count.flooredRemainder(perSecond) * (1_000_000_000 / perSecond)
        return VQLTime(seconds: count.flooredQuotient(perSecond), nanoseconds: Int32(rest))
    }

    /// `2020-01-31`, with `T` or a blank and a time of day, a fraction, and `Z` or an offset.
    static func time(from text: String) -> VQLTime? {
        var scanner = Scanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var time = VQLTime(year: Int64(year), month: month, day: day)
        if scanner.isAtEnd { return time }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        if scanner.skip(":") {
            guard let given = scanner.digits(2), given < 61 else { return nil }
            second = given
        }
        if scanner.skip(".") { time.nanoseconds = scanner.fraction() }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        time.seconds += Int64(hour * 3_600 + minute * 60 + second - offset)
        return time
    }

    private struct Scanner {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = Substring(text).utf8 }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ character: Character) -> Bool {
            guard let first = rest.first, first == character.asciiValue else { return false }
            rest.removeFirst()
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            let text = rest.prefix(count)
            guard text.count == count, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropFirst(count)
            return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// Nanoseconds from the digits after the point.
        mutating func fraction() -> Int32 {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            let nine = (Array(digits.prefix(9)) + Array(repeating: 0x30, count: 9)).prefix(9)
            return nine.reduce(0) { $0 * 10 + Int32($1 - 0x30) }
        }

        /// Seconds east of UTC; 0 for `Z` and where nothing is said.
        mutating func offset() -> Int? {
            if isAtEnd || skip("Z") || skip("z") { return 0 }
            let sign = skip("-") ? -1 : skip("+") ? 1 : 0
            guard sign != 0, let hours = digits(2) else { return nil }
            _ = skip(":")
            guard let minutes = digits(2) else { return nil }
            return sign * (hours * 3_600 + minutes * 60)
        }
    }
}
