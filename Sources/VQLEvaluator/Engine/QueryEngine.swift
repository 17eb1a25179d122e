// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VQL

/// Runs queries against a set of functions and plugins.
public struct QueryEngine: Sendable {
    private let registry: SymbolRegistry
    private let environment: any ServerEnvironment

    public init(registry: SymbolRegistry = .withBuiltins, environment: any ServerEnvironment = BareEnvironment()) {
        self.registry = registry
        self.environment = environment
    }

    /// Runs a request to its end on the calling thread.
    ///
    /// Deep recursion needs a deep stack: call it from a ``QueryThread``. On a smaller one it ends sooner, with the same
    /// line in the log. What goes wrong inside a query, a
    /// syntax error too, is a line in the log and not an error.
    ///
    /// - Parameter cancellation: ends the query from another thread; made for this one run.
    /// - Throws: ``QueryInterruption/cancelled``, ``QueryInterruption/logNotUTF8``, or whatever `sink` threw. Running out of time is not thrown: the log
    ///   says it, and the rows so far stand.
    public func run(
        _ request: QueryRequest,
        cancellation: Cancellation? = nil,
        into sink: any QuerySink
    ) throws {
        let context = QueryContext(
            session: request.session,
            environment: environment,
            cancellation: cancellation ?? Cancellation(timeout: request.timeout),
            registry: registry,
            sink: sink
        )
        let names = VQLRow(request.environment.map { ($0.name, VQLValue.text($0.value)) })
        var scope = Scope(context: context, names: ["NULL": .null])
        if !names.isEmpty { scope = scope.with(names) }
        scope = scope.with(ServerVariables.row(for: context))
        do {
            for (index, text) in request.queries.enumerated() {
                scope = try run(text, index, scope)
            }
            try context.finish()
        } catch QueryInterruption.timedOut {
            let seconds = context.cancellation.elapsed / .seconds(1)
            let message = "collect: <red>Timeout Error:</> Collection timed out after \(seconds)s"
            context.log(LogLine(.plain, message))
        }
    }

    /// Runs the statements of one text; returns the scope with what they defined.
    private func run(_ text: String, _ query: Int, _ scope: Scope) throws -> Scope {
        let parsed: QueryText
        do {
            parsed = try QueryText(text)
        } catch {
            if error.cutsCharacter { throw QueryInterruption.logNotUTF8 }
            scope.context.log(LogLine(.plain, error.render()))
            return scope
        }
        var select = 0
        let sink = scope.context.sink
        return try StatementRunner(parsed).run(in: scope) { statement, scope in
            let position = StatementPosition(query: query, select: select)
            select += 1
            try sink.selectBegan(position)
            try statement.forEachRowOfStatement(in: scope) { try sink.row($0.plain(in: scope), of: position) }
            try sink.selectEnded(position)
        }
    }
}
