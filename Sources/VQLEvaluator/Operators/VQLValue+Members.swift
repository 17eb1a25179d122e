// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// `self.name`. Of a list and of a query it is the list of its elements' members; what has none gives NULL.
    func member(_ name: String, in scope: Scope) throws -> VQLValue {
        switch self {
        case .dictionary(let dictionary): return dictionary[name] ?? .null
        case .list(let values):
            guard values.isEmpty || values.contains(where: \.hasMembers) else { return .null }
            return .list(try values.map { try $0.member(name, in: scope) })
        case .query(let query):
            var values: [VQLValue] = []
            try query.forEachRow(in: scope) { values.append($0[name] ?? .null) }
            return .list(values)
        case .expression(let expression): return try expression.value(in: scope).member(name, in: scope)
        case .scope(let inner): return try inner.stored(name) ?? .null
        case .time(let time): return time.member(name) ?? .null
        case .object(let object): return try object.member(name) ?? .null
        default: return .null
        }
    }

    /// NULL counts: what is missing in one element may be there in another.
    private var hasMembers: Bool {
        switch self {
        case .bool, .integer, .unsigned, .double, .string: false
        default: true
        }
    }

    /// `self[index]`. A list's index wraps around its length; a string gives the value of a byte.
    func element(at index: VQLValue, in scope: Scope) throws -> VQLValue {
        switch self {
        case .list(let values):
            guard let place = index.indexValue, !values.isEmpty else { return .null }
            let count = Int64(values.count)
            return values[Int(((place % count) + count) % count)]
        case .string(let text):
            guard let place = index.indexValue, (0..<Int64(text.count)).contains(place) else { return .null }
            return .integer(Int64(text.bytes[Int(place)]))
        case .dictionary, .scope, .object, .time:
            guard case .string(let name) = index else { return .null }
            return try member(name.text, in: scope)
        default: return .null
        }
    }

    /// `self[lower:upper]`, held inside the bounds; of strings the bytes. A negative bound counts from the end.
    func slice(from lower: VQLValue?, to upper: VQLValue?) -> VQLValue {
        let count: Int
        switch self {
        case .list(let values): count = values.count
        case .string(let text): count = text.count
        default: return .null
        }
        guard let range = Self.range(lower, upper, count: count) else { return .null }
        if case .list(let values) = self { return .list(Array(values[range])) }
        if case .string(let text) = self { return .string(VQLString(bytes: text.bytes[range])) }
        return .null
    }

    private static func range(_ lower: VQLValue?, _ upper: VQLValue?, count: Int) -> Range<Int>? {
        func bound(_ value: VQLValue?, _ missing: Int) -> Int? {
            guard let value else { return missing }
            guard let number = value.indexValue else { return nil }
            let place = number < 0 ? number + Int64(count) : number
            return Int(min(max(place, 0), Int64(count)))
        }
        guard let start = bound(lower, 0), let end = bound(upper, count) else { return nil }
        return start..<max(start, end)
    }

    /// A number, or a string of digits, as an index.
    private var indexValue: Int64? {
        if case .string(let text) = self { return Int64(text.text) }
        return integerValue
    }
}
