// SPDX-License-Identifier: Apache-2.0

public import VQL

/// One call of a built-in: its arguments and where it stands.
public struct Invocation: Sendable {
    /// The name under which it was called.
    public let name: String
    public let arguments: Arguments
    /// What the call sees: rows, LETs, parameters.
    public let scope: Scope
    let callSite: CallSite

    /// The running query: who asks, until when, where the log goes.
    public var context: QueryContext { scope.context }
}

extension Invocation {
    /// Adds a line to the query's log as it stands, with the level's prefix.
    public func log(_ level: LogLine.Level, _ message: String) {
        context.log(LogLine(level, message))
    }

    /// Adds `NAME: message` to the log, which the reader takes as an error.
    public func report(_ message: String) {
        log(.plain, "\(name): \(message)")
    }

    /// Throws unless the user holds one of the permissions.
    public func require(_ alternatives: Permission...) throws {
        guard alternatives.contains(where: context.session.permissions.contains) else {
            throw VQLFailure.permissionDenied(alternatives)
        }
    }

    /// Hands each row of a value to `emit`: runs a query, walks a list, takes a dictionary as one row.
    ///
    /// Scalars become rows with the one column `_value`; NULL gives none.
    public func forEachRow(of value: VQLValue, _ emit: (VQLRow) throws -> Void) throws {
        try RowSource.forEachRow(of: value, in: scope, emit)
    }

    /// All rows of a value, see ``forEachRow(of:_:)``.
    public func rows(of value: VQLValue) throws -> [VQLRow] {
        var rows: [VQLRow] = []
        try forEachRow(of: value) { rows.append($0) }
        return rows
    }

    /// State that this call keeps from row to row, separately for each group of a `GROUP BY`.
    ///
    /// - Parameters:
    ///   - initial: the state before the first row.
    ///   - update: changes the state; its result is handed on.
    public func aggregate<Result>(_ initial: VQLValue, _ update: (inout VQLValue) throws -> Result) rethrows -> Result {
        try scope.aggregates.update(callSite, initial, update)
    }
}
