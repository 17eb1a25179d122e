// SPDX-License-Identifier: Apache-2.0

import VQL

/// Plugins that change the rows of a query.
enum QueryBuiltins {
    static let plugins: [PluginDefinition] = [
        PluginDefinition("batch", body: batch),
        PluginDefinition("column_filter", body: columnFilter),
        PluginDefinition("dedup", body: dedup),
        PluginDefinition("flatten") { call, emit in
            try call.forEachRow(of: call.query) { row in try flatten(row, call, emit) }
        },
        PluginDefinition("sample") { call, emit in
            let interval = max(call.arguments.integer("n") ?? 1, 1)
            var place: Int64 = 0
            try call.forEachRow(of: call.query) { row in
                if place % interval == 0 { try emit(row) }
                place += 1
            }
        },
        PluginDefinition("sequence", arguments: .freeForm, body: sequence),
        PluginDefinition("delay") { call, emit in
            let seconds = call.arguments.integer("delay") ?? 0
            try call.forEachRow(of: call.query) { row in
                try call.context.wait(for: .seconds(seconds))
                try emit(row)
            }
        },
        PluginDefinition("for") { call, emit in
            let name = call.arguments.text("var") ?? ""
            let query = call.query
            try call.forEachRow(of: call.arguments["foreach"] ?? .null) { row in
                let value = row.names == ["_value"] ? row.values[0] : .dict(row)
                try RowSource.forEachRow(of: query, in: call.scope.with([name: value]), emit)
            }
        },
        PluginDefinition("parallelize", reportedName: "parallel") { call, emit in
            let sources = ["artifact", "flow_id", "hunt_id", "notebook_id"]
            guard sources.contains(where: call.arguments.contains) else {
                let missing = "One of \(sources.joined(separator: ", ")) should be specified."
                throw VQLFailure("source: " + missing)
            }
            call.log(.error, "lab: parallelize is not simulated")
        },
        PluginDefinition("help") { _, emit in for row in HelpRows.all { try emit(row) } },
    ]

    /// Rows in groups of `batch_size`, or until `batch_func` is true of the rows so far.
    private static func batch(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let text = call.arguments.text("batch_func") ?? ""
        let isFull = text.isEmpty ? nil : try call.lambda(text, "batch_func")
        let size = Int(call.arguments.integer("batch_size") ?? 0)
        guard isFull != nil || size > 0 else { throw VQLFailure("either batch_size or batch_func must be specified.") }
        var rows: [VQLValue] = []
        try call.forEachRow(of: call.query) { row in
            rows.append(.dict(row))
            let isDone = try isFull.map { try call.isTrue($0([.list(rows)], in: call.scope)) } ?? (rows.count >= size)
            if isDone {
                try emit(["rows": .list(rows)])
                rows = []
            }
        }
        if !rows.isEmpty { try emit(["rows": .list(rows)]) }
    }

    /// Columns that a pattern of `include` takes and none of `exclude`.
    private static func columnFilter(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let included = call.arguments.list("include")
        let excluded = call.arguments.list("exclude")
        try call.forEachRow(of: call.query) { row in
            let columns = row.filter { column in
                let name = VQLValue.text(column.name)
                return (included.isEmpty || included.contains { name.matches($0, in: call.context) })
                    && !excluded.contains { name.matches($0, in: call.context) }
            }
            try emit(VQLRow(columns.map { ($0.name, $0.value) }))
        }
    }

    /// Rows whose key was not seen before.
    private static func dedup(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let key = call.arguments.text("key") ?? ""
        var seen: Set<String> = []
        try call.forEachRow(of: call.query) { row in
            if seen.insert((row[key] ?? .null).displayText).inserted { try emit(row) }
        }
    }

    /// One row for every combination of the elements of a row's lists.
    private static func flatten(_ row: VQLRow, _ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        func expand(_ place: Int, _ values: [VQLValue]) throws {
            guard place < row.count else { return try emit(VQLRow(names: row.names, values: values)) }
            let value = try call.materialized(row.values[place])
            for element in value.listValue ?? [value] { try expand(place + 1, values + [element]) }
        }
        try expand(0, [])
    }

    /// Runs `query` after each row of every other argument.
    private static func sequence(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let arguments = try call.arguments.all()
        guard let query = arguments["query"] else { throw VQLFailure("Field query is required") }
        for (name, source) in arguments where name != "query" && name != "max_age" {
            try call.forEachRow(of: source) { row in
                try RowSource.forEachRow(of: query, in: call.scope.with(row), emit)
            }
        }
    }
}

extension Invocation {
    /// The argument `query`.
    fileprivate var query: VQLValue { arguments["query"] ?? .null }
}
