// SPDX-License-Identifier: Apache-2.0

import VQL

/// Evaluates expressions of one text in one scope.
struct Evaluator: Sendable {
    let scope: Scope
    /// Which text the expressions stand in, see ``CallSite``.
    let text: Int

    func value(of expression: Expression) throws -> VQLValue {
        switch expression.kind {
        case .null: .null
        case .boolean(let value): .bool(value)
        case .number(let literal): value(of: literal)
        case .string(let literal): .string(VQLString(bytes: literal.bytes))
        case .symbol(let symbol): try value(of: symbol, at: expression.location)
        case .parenthesized(let list): try value(of: list.content)
        case .access(let access): try value(of: access)
        case .multiplication(let chain): try value(of: chain)
        case .addition(let chain): try value(of: chain)
        case .comparison(let chain): try value(of: chain)
        case .not(let operand): .bool(try !isTrue(value(of: operand)))
        case .or(let chain): try value(of: chain)
        case .and(let chain): try value(of: chain)
        }
    }

    /// One expression, or the list that a comma makes.
    func value(of list: ExpressionList) throws -> VQLValue {
        guard list.hasComma else { return try value(of: list.first) }
        return .list(try list.elements.map { try expanded(value(of: $0)) })
    }

    /// An argument; a query stays a query.
    func value(of argument: ArgumentValue) throws -> VQLValue {
        switch argument {
        case .select(let select, _): .query(StoredQuery(select: select, text: text))
        case .list(let list): try list.content.map { try value(of: $0) } ?? .list([])
        case .expression(let expression): try value(of: expression)
        }
    }

    /// `{ SELECT … }` as a column: rows of one column become its values, one row stands for itself, none is NULL.
    func unwrappedRows(of select: Select) throws -> VQLValue {
        var values: [VQLValue] = []
        try StoredQuery(select: select, text: text).forEachRow(in: scope) { row in
            values.append(row.count == 1 ? row.values[0] : .dict(row))
        }
        return switch values.count {
        case 0: .null
        case 1: values[0]
        default: .list(values)
        }
    }

    /// A query's rows in place of the query; every other value as it is.
    func expanded(_ value: VQLValue) throws -> VQLValue {
        guard case .query(let query) = value else { return value }
        return try query.list(in: scope)
    }

    /// A row with the rows of its queries in their place.
    func expandingQueries(_ row: VQLRow) throws -> VQLRow {
        guard row.values.contains(where: \.isQuery) else { return row }
        return VQLRow(names: row.names, values: try row.values.map(expanded))
    }

    /// Whether a value counts as true; a query does if it has rows.
    func isTrue(_ value: VQLValue) throws -> Bool {
        guard case .query = value else { return value.isTrue }
        var found = false
        do {
            try RowSource.forEachRow(of: value, in: scope) { _ in
                found = true
                throw RowsEnough()
            }
        } catch is RowsEnough {}
        return found
    }

    private func value(of literal: NumberLiteral) -> VQLValue {
        switch literal.value {
        case .integer(let value): return .integer(value)
        case .float(let value): return .double(value)
        case .unparsable:
            scope.context.log(LogLine(.error, "Unable to parse \(literal.spelling) as a number."))
            return .null
        }
    }

    private func value(of access: Access) throws -> VQLValue {
        var value = try value(of: access.base)
        for step in access.steps {
            switch step {
            case .member(let name): value = try value.member(name.unquotedName, in: scope)
            case .index(let index): value = try self.value(of: index, in: value)
            }
        }
        return value
    }

    private func value(of index: VQL.Index, in container: VQLValue) throws -> VQLValue {
        let lower = try index.lower.map { try value(of: $0) }
        let upper = try index.upper.map { try value(of: $0) }
        let container = try expanded(container)
        if index.isSlice { return container.slice(from: lower, to: upper) }
        guard let lower else { return .null }
        return try container.element(at: lower, in: scope)
    }
}

extension VQLValue {
    fileprivate var isQuery: Bool {
        if case .query = self { return true }
        return false
    }
}

/// Ends a query that was asked only whether it has rows.
private struct RowsEnough: Error {}
