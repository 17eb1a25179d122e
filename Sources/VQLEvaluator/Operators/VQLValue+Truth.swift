// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// Whether a value counts as true where a condition is wanted. Of a query only its rows can tell.
    var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .integer(let value): value > 0
        case .unsigned(let value): value > 0
        case .double(let value): value > 0
        case .string(let value): !value.isEmpty
        case .list(let values): !values.isEmpty
        case .dictionary(let dictionary): dictionary.count > 0
        case .object(let object): object.isTrue
        case .time, .query, .expression, .scope: true
        }
    }

    /// What a minus that is glued to a name makes of its value.
    var negated: VQLValue {
        switch self {
        case .bool(let value): .bool(!value)
        case .integer(let value): .integer(0 &- value)
        case .unsigned(let value): .integer(0 &- Int64(truncatingIfNeeded: value))
        case .double(let value): .double(-value)
        default: .null
        }
    }
}
