// SPDX-License-Identifier: Apache-2.0

/// Branches, loops and joins.
enum ControlBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("if") { call in
            let condition = call.arguments["condition"] ?? .null
            let branch = try call.isTrue(condition) ? "then" : "else"
            return try call.arguments.value(branch) ?? .null
        },
        FunctionDefinition("scope") { call in .scope(call.scope) },
        FunctionDefinition("eval") { call in
            guard let lambda = call.arguments.lambda("func") else { return .null }
            guard let given = call.arguments["args"] else { return try lambda([.scope(call.scope)], in: call.scope) }
            return try lambda(given.listValue ?? [given], in: call.scope)
        },
    ]

    static let plugins: [PluginDefinition] = [
        PluginDefinition("scope") { _, emit in try emit([:]) },
        PluginDefinition("if") { call, emit in
            let condition = call.arguments["condition"] ?? .null
            guard let branch = call.arguments[try call.isTrue(condition) ? "then" : "else"] else { return }
            try call.forEachRow(of: branch, emit)
        },
        PluginDefinition("range") { call, emit in
            let step = call.arguments.integer("step") ?? 1
            let end = call.arguments.integer("end") ?? 0
            let names = ["_value"]
            var value = call.arguments.integer("start") ?? 0
            while value < end {
                try emit(VQLRow(names: names, values: [.integer(value)]))
                let next = value.addingReportingOverflow(max(step, 1))
                if next.overflow { return }
                value = next.partialValue
            }
        },
        PluginDefinition("foreach", body: forEach),
        PluginDefinition("chain", arguments: .freeForm, body: chain),
        PluginDefinition("combine", arguments: .freeForm, body: chain),
        PluginDefinition("switch", arguments: .freeForm) { call, emit in
            for (_, branch) in try call.arguments.all() {
                var isEmpty = true
                try call.forEachRow(of: branch) { row in
                    isEmpty = false
                    try emit(row)
                }
                if !isEmpty { return }
            }
        },
        PluginDefinition("items") { call, emit in
            for row in ItemRows.rows(of: call.arguments["item"] ?? .null) { try emit(row) }
        },
    ]

    /// Runs all its arguments in turn. `async` is no source of rows.
    private static func chain(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        for (name, query) in try call.arguments.all() where name != "async" {
            try call.forEachRow(of: query, emit)
        }
    }

    /// For each row of `row` all rows of `query`, which sees the row's columns. Workers would only change the order.
    private static func forEach(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let defaultWorkers: Int64 = call.arguments.bool("async") ? 100 : 0
        let workers = call.arguments.integer("workers") ?? defaultWorkers
        if workers > 0 { call.log(.debug, "Creating \(workers) workers for foreach plugin") }
        let query = call.arguments["query"]
        let column = call.arguments.text("column")
        try call.forEachRow(of: try call.arguments.value("row") ?? .null) { row in
            try call.context.checkCancelled()
            let row = column.map { row[$0]?.rowValue ?? [:] } ?? row
            guard let query else { return try emit(row) }
            try RowSource.forEachRow(of: query, in: call.scope.with(row), emit)
        }
    }
}

extension Invocation {
    /// Whether a value counts as true; a query does if it has rows.
    func isTrue(_ value: VQLValue) throws -> Bool {
        try Evaluator(scope: scope, text: callSite.text).isTrue(value)
    }
}

/// What `items()` makes of a value, as a plugin and as a function.
enum ItemRows {
    static func rows(of value: VQLValue) -> [VQLRow] {
        switch value {
        case .dictionary(let members): members.row.map { ["_key": .text($0.name), "_value": $0.value] }
        case .list(let values): values.enumerated().map { ["_key": .integer(Int64($0)), "_value": $1] }
        default: [["_value": value]]
        }
    }
}
