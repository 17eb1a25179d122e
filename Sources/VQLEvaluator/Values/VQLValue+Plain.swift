// SPDX-License-Identifier: Apache-2.0

extension VQLRow {
    /// The row with nothing in it but data, as it leaves the server.
    func plain(in scope: Scope) throws -> VQLRow {
        guard values.contains(where: \.mayHoldCode) else { return self }
        return VQLRow(names: names, values: try values.map { try $0.plain(in: scope) })
    }
}

extension VQLValue {
    /// The value as data: queries run, objects show themselves, a scope is `{}`.
    func plain(in scope: Scope) throws -> VQLValue {
        switch self {
        case .query(let query): try query.list(in: scope).plain(in: scope)
        case .expression(let expression): try expression.value(in: scope).plain(in: scope)
        case .scope: [:]
        case .object(let object): try object.plainValue.plain(in: scope)
        case .list(let values): .list(try values.map { try $0.plain(in: scope) })
        case .dictionary(let dictionary): .dict(try dictionary.row.plain(in: scope))
        default: self
        }
    }

    fileprivate var mayHoldCode: Bool {
        switch self {
        case .null, .bool, .integer, .unsigned, .double, .string, .time: false
        case .list, .dictionary, .query, .expression, .scope, .object: true
        }
    }
}
