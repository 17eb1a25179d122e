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

    /// Runs the query. A call that nests too deeply gives no rows, and says so in the log.
    func forEachRow(in scope: Scope, _ emit: (VQLRow) throws -> Void) throws {
        let inner = bound ?? scope.entering()
        guard try inner.admitsCall() else { return }
        try SelectRunner(select, Evaluator(scope: inner, text: text)).run(emit)
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

    /// The value as seen from `scope`; NULL when calls nest too deeply, which the log says.
    func value(in scope: Scope) throws -> VQLValue {
        let inner = scope.entering()
        guard try inner.admitsCall() else { return .null }
        return try Evaluator(scope: inner, text: text).value(of: expression)
    }

    /// The value of a call whose parameters are bound in `scope`.
    func value(boundTo scope: Scope) throws -> VQLValue {
        guard try scope.admitsCall() else { return .null }
        return try Evaluator(scope: scope, text: text).value(of: expression)
    }
}

extension Scope {
    private static let maximumDepth = 1_000

    /// Whether another call may run here. Also where runaway recursion notices that the query was cancelled.
    fileprivate func admitsCall() throws -> Bool {
        try context.checkCancelled()
        guard depth >= Self.maximumDepth else { return true }
        context.log(LogLine(.plain, "Stack Overflow: \(context.statement)"))
        return false
    }
}
