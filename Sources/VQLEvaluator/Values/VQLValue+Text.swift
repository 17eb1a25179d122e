// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// The value as text: what `%v` prints, and what GROUP BY and `=~` look at.
    var displayText: String {
        switch self {
        case .null: "Null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .double(let value): GoNumber.display(value)
        case .string(let text): text.text
        case .list(let values): "[" + values.map(\.displayText).joined(separator: " ") + "]"
        case .dictionary: jsonText
        case .time(let time): time.rfc3339
        case .object(let object): object.plainValue.displayText
        case .query, .expression, .scope: "{}"
        }
    }

    /// The name that the server's language has for the value's type, as it stands in messages.
    public var goTypeName: String {
        switch self {
        case .null: "types.Null"
        case .bool: "bool"
        case .integer: "int64"
        case .unsigned: "uint64"
        case .double: "float64"
        case .string: "string"
        case .list: "[]types.Any"
        case .dictionary: "*ordereddict.Dict"
        case .time: "time.Time"
        case .query: "*vfilter._Select"
        case .expression: "*vfilter.StoredExpression"
        case .scope: "*scope.Scope"
        case .object(let object): object.typeName
        }
    }
}
