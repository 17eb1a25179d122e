// SPDX-License-Identifier: Apache-2.0

import VQL

/// The plugin `query()`: statements from text, in a scope of their own, perhaps as somebody else or elsewhere.
enum QueryPlugin {
    static let plugins = [PluginDefinition("query", access: .open, body: run)]

    private static func run(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let scope = try scope(for: call)
        let exit = call.arguments.lambda("exit")
        let ended = QueryEnded(token: QueryEnded.Token())
        func emitUntilExit(_ row: VQLRow) throws {
            if let exit, try call.isTrue(exit([.dict(row)], in: call.scope)) { throw ended }
            try emit(row)
        }
        do {
            switch call.arguments["query"] {
            case .query(let query): try query.forEachRow(in: scope, emitUntilExit)
            case .string(let text): try run(text.text, in: scope, call, emitUntilExit)
            default: throw VQLFailure("query should be a string or subquery", level: .error)
            }
        } catch let end as QueryEnded where end.token === ended.token {}
    }

    private static func run(
        _ text: String,
        in scope: Scope,
        _ call: Invocation,
        _ emit: (VQLRow) throws -> Void
    ) throws {
        let parsed: QueryText
        do {
            parsed = try QueryText(text)
        } catch {
            throw VQLFailure(error.excerpted, level: .error)
        }
        call.log(.plain, "query: running query \(text)")
        _ = try StatementRunner(parsed).run(in: scope) { query, scope in
            try query.forEachRowOfStatement(in: scope, emit)
        }
    }

    /// A fresh scope with `env` and the names of `copy_env`; with `inherit` the caller's own.
    private static func scope(for call: Invocation) throws -> Scope {
        let context = try context(for: call)
        var scope = Scope(context: context, names: ["NULL": .null]).with(ServerVariables.row(for: context))
        if call.arguments.bool("inherit") { scope = call.scope.moved(to: context) }
        var names = VQLRow()
        for name in call.arguments.texts("copy_env") { names[name] = try call.scope.stored(name) }
        for (name, value) in call.arguments.row("env") ?? [:] { names[name] = value }
        return names.isEmpty ? scope : scope.with(names)
    }

    /// The session that `runas` and `org_id` ask for.
    private static func context(for call: Invocation) throws -> QueryContext {
        let session = call.context.session
        let principal = call.arguments.text("runas") ?? session.principal
        let organization = call.arguments.text("org_id") ?? session.organization
        if principal != session.principal, !session.permissions.contains(.impersonation) {
            let caller = "\(session.principal) (\(session.organization))"
            let target = "\(principal) (\(organization))"
            throw VQLFailure("User \(caller) impersonation to \(target): PermissionDenied", level: .error)
        }
        if principal == session.principal && organization == session.organization { return call.context }
        let target = try call.context.environment.session(of: principal, in: organization)
        return call.context.copy(for: target)
    }
}

/// Ends a query whose `exit` lambda was true of a row.
private struct QueryEnded: Error {
    /// Tells apart queries that run inside each other.
    final class Token: Sendable {}

    let token: Token
}
