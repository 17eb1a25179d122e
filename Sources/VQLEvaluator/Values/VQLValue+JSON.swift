// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension VQLValue {
    /// A value from JSON. Integers become ``unsigned(_:)`` where they are not negative, as on the server.
    public init(json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = value < 0 ? .integer(value) : .unsigned(UInt64(value))
        case .number(let number): self = UInt64(number.literal).map(VQLValue.unsigned) ?? .double(number.doubleValue)
        case .string(let text): self = .text(text)
        case .array(let values): self = .list(values.map { VQLValue(json: $0) })
        case .object(let members): self = .dict(VQLRow(json: members))
        }
    }

    /// The value as JSON. Queries and scopes, which have no JSON, are `{}`; see ``plain(in:)``.
    public var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .unsigned(let value): JSONValue(value)
        case .double(let value): Int64(exactly: value).map(JSONValue.integer) ?? JSONValue(value)
        case .string(let text): .string(text.text)
        case .list(let values): .array(values.map(\.json))
        case .dictionary(let dictionary): .object(dictionary.row.json)
        case .time(let time): .string(time.rfc3339)
        case .object(let object): object.plainValue.json
        case .query, .expression, .scope: .object([:])
        }
    }
}

extension VQLRow {
    public init(json: JSONObject) {
        self.init(json.map { ($0.key, VQLValue(json: $0.value)) })
    }

    public var json: JSONObject {
        JSONObject(map { ($0.name, $0.value.json) })
    }
}
