// SPDX-License-Identifier: Apache-2.0

import VQL

/// A query kept for later: the body of a LET, or `{ SELECT … }` as an argument.
///
/// It runs in the scope of whoever asks for its rows, unless a call bound its parameters.
public struct StoredQuery: Sendable {
    let select: Select
    /// Which text the query stands in, see ``CallSite``.
    let text: Int
    /// The parameters of `LET name(…) = SELECT`; `nil` for a query without a parameter list.
    let parameters: [Parameter]?
    /// The scope of a call that bound the parameters.
    let bound: Scope?

    init(select: Select, text: Int, parameters: [Parameter]? = nil, bound: Scope? = nil) {
        self.select = select
        self.text = text
        self.parameters = parameters
        self.bound = bound
    }

    /// The same query with its parameters bound.
    func bound(to scope: Scope) -> StoredQuery {
        StoredQuery(select: select, text: text, parameters: parameters, bound: scope)
    }

    /// Runs the query. Throws ``StackOverflow`` when calls nest too deeply.
    func forEachRow(in scope: Scope, _ emit: (VQLRow) throws -> Void) throws {
        let inner = bound ?? scope.entering()
        try inner.checkDepth()
        try SelectRunner(select, Evaluator(scope: inner, text: text)).run(emit)
    }

    /// Runs the query as a statement: runaway recursion only ends its rows.
    func forEachRowOfStatement(in scope: Scope, _ emit: (VQLRow) throws -> Void) throws {
        do {
            try forEachRow(in: scope, emit)
        } catch is StackOverflow {}
    }

    /// All rows, as a list of dictionaries.
    func list(in scope: Scope) throws -> VQLValue {
        var rows: [VQLValue] = []
        try forEachRow(in: scope) { rows.append(.dict($0)) }
        return .list(rows)
    }
}

/// The body of `LET name = expression` and `LET name(parameters) = expression`.
public struct StoredExpression: Sendable {
    let expression: Expression
    let text: Int
    let parameters: [Parameter]?

    /// The value as seen from `scope`. Throws ``StackOverflow`` when calls nest too deeply.
    func value(in scope: Scope) throws -> VQLValue {
        let inner = scope.entering()
        try inner.checkDepth()
        return try Evaluator(scope: inner, text: text).value(of: expression)
    }

    /// The value of a call whose parameters are bound in `scope`.
    func value(boundTo scope: Scope) throws -> VQLValue {
        try scope.checkDepth()
        return try Evaluator(scope: scope, text: text).value(of: expression)
    }
}

/// Calls nested too deeply. The statement goes on with NULL in place of the column that began it.
struct StackOverflow: Error {}

extension Scope {
    private static let maximumDepth = 1_000

    /// Whether the scope is that of a statement, outside any stored query or expression.
    var isOutermost: Bool { depth <= 1 }

    /// Throws if calls nest too deeply. Also where runaway recursion notices that the query was cancelled.
    fileprivate func checkDepth() throws {
        try context.checkCancelled()
        guard depth >= Self.maximumDepth || !context.stack.hasRoom else { return }
        context.log(LogLine(.plain, "Stack Overflow: \(context.statement)"))
        throw StackOverflow()
    }
}
