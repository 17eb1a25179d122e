// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// `=`: numbers across their types, with TRUE as 1; lists and dictionaries in depth. No string equals a number, and
    /// two queries are never equal.
    func isEqual(to other: VQLValue) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.string(let a), .string(let b)): return a == b
        case (.time(let a), .time(let b)): return a == b
        case (.time(let time), _), (_, .time(let time)):
            guard let moment = TimeParser.moment(isTime ? other : self) else { return false }
            return time == moment
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.isEqual(to: $1) }
        case (.dictionary(let a), .dictionary(let b)): return Self.haveEqualMembers(a.row, b.row)
        default:
            guard let a = Number(self, booleans: true), let b = Number(other, booleans: true) else { return false }
            if case .integer(let x) = a, case .integer(let y) = b { return x == y }
            return a.double == b.double
        }
    }

    private static func haveEqualMembers(_ a: VQLRow, _ b: VQLRow) -> Bool {
        a.count == b.count && a.allSatisfy { name, value in b[name].map { $0.isEqual(to: value) } ?? false }
    }

    /// `<`: numbers, strings by their bytes, times with numbers and dates.
    ///
    /// Of two lists only the first elements count. Of a mixed pair the server answers TRUE if the left side is no number and FALSE if it is, and NULL is never less.
    func isLess(than other: VQLValue) -> Bool {
        switch (self, other) {
        case (.null, _), (_, .null): return false
        case (.string(let a), .string(let b)): return a < b
        case (.time(let a), .time(let b)): return a < b
        case (.time(let a), _): return TimeParser.moment(other).map { a < $0 } ?? false
        case (_, .time(let b)): return TimeParser.moment(self).map { $0 < b } ?? false
        case (.bool(let a), .bool(let b)): return !a && b
        case (.list(let a), .list(let b)):
            return a.first.map { x in b.first.map { x.isLess(than: $0) } ?? false } ?? !b.isEmpty
        default: break
        }
        guard let a = Number(self, booleans: true) else { return isLessByKind(than: other) }
        guard let b = Number(other, booleans: true) else { return false }
        if case .integer(let x) = a, case .integer(let y) = b { return x < y }
        return a.double < b.double
    }

    /// `>`: the other way round, but a boolean is never greater than anything, nor anything greater than a boolean.
    func isGreater(than other: VQLValue) -> Bool {
        switch (self, other) {
        case (.null, _), (_, .null): false
        case (.bool, _), (_, .bool): false
        case (.string, .string), (.time, _), (_, .time): other.isLess(than: self)
        default:
            Number(self, booleans: false) == nil ? isLessByKind(than: other) : other.isLessNumber(than: self)
        }
    }

    private func isLessNumber(than other: VQLValue) -> Bool {
        Number(self, booleans: false) != nil && isLess(than: other)
    }

    /// What the server answers for values that have no order.
    private func isLessByKind(than other: VQLValue) -> Bool {
        if case .string = self, case .list = other { return false }
        return true
    }

    private var isTime: Bool {
        if case .time = self { return true }
        return false
    }
}
