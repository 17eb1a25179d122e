// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Functions that remember results, and those that run queries beside this one.
enum CacheBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("memoize", body: memoize),
        FunctionDefinition("cache", access: .open, body: cache),
        FunctionDefinition("lru") { call in .object(ValueStore(limit: Int(call.arguments.integer("size") ?? 0))) },
        FunctionDefinition("background") { call in
            try run(call.arguments["query"] ?? .null, call)
            return true
        },
        FunctionDefinition("atexit") { call in
            guard case .query(let query) = call.arguments["query"] else {
                let type = (call.arguments["query"] ?? .null).goTypeName
                call.report("Query type \(type) not supported.")
                return true
            }
            call.context.atEnd { try run(.query(query), call) }
            return true
        },
    ]

    /// Rows by the text of one of their columns, read as members of the result.
    private static func memoize(_ call: Invocation) throws -> VQLValue {
        let column = call.arguments.text("key") ?? ""
        let query = call.arguments["query"] ?? .null
        let store = try call.context.caches.store("memoize \(call.callSite)") {
            let rows = try call.rows(of: query)
            if case .query(let stored) = query {
                call.log(.plain, "memoize \(stored.select.printedOnce): Filled cache with \(rows.count) rows")
            }
            return ValueStore(VQLRow(rows.map { ($0[column]?.displayText ?? "", .dict($0)) }))
        }
        return .object(store)
    }

    /// The value for a key: worked out the first time by `func`, or by `lambda` from the key.
    private static func cache(_ call: Invocation) throws -> VQLValue {
        let key = (call.arguments["key"] ?? .null).displayText
        let store = call.context.caches.store("cache \(call.arguments.text("name") ?? "")") { ValueStore([:]) }
        if let known = store.member(key) { return known }
        let value: VQLValue
        if let lambda = call.arguments.lambda("lambda") {
            value = try lambda([call.arguments["key"] ?? .null], in: call.scope)
        } else {
            value = try call.arguments.value("func") ?? .null
        }
        store.set(key, value)
        return value
    }

    /// Runs a query for its effects; nobody sees its rows or its log.
    private static func run(_ query: VQLValue, _ call: Invocation) throws {
        let context = call.context.copy(for: call.context.session, sink: SilentSink())
        let scope = Scope(context: context, names: ServerVariables.row(for: context))
        try RowSource.forEachRow(of: query, in: scope) { _ in }
    }
}

/// Takes everything and keeps nothing.
private final class SilentSink: QuerySink {
    func selectBegan(_ position: StatementPosition) {}
    func row(_ row: VQLRow, of position: StatementPosition) {}
    func selectEnded(_ position: StatementPosition) {}
    func log(_ line: LogLine) {}
}

/// Values by key, shared by all who hold it.
final class ValueStore: VQLObject {
    private let values: Mutex<VQLRow>
    private let limit: Int

    init(_ values: VQLRow) {
        self.values = Mutex(values)
        limit = .max
    }

    /// - Parameter limit: the oldest value goes when there are more; 0 for no limit.
    init(limit: Int) {
        values = Mutex([:])
        self.limit = limit > 0 ? limit : .max
    }

    var typeName: String { "*functions.Cache" }

    func member(_ name: String) -> VQLValue? { values.withLock { $0[name] } }

    func set(_ name: String, _ value: VQLValue) {
        values.withLock { values in
            values[name] = value
            if values.count > limit { values[values.names[0]] = nil }
        }
    }
}
