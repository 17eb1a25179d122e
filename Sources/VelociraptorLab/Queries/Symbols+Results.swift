// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var resultPlugins: [PluginDefinition] {
        [
            PluginDefinition("source", body: source),
            PluginDefinition("flow_results") { call, emit in
                let client = call.arguments.text("client_id") ?? ""
                let id = call.arguments.text("flow_id") ?? ""
                let server = server(call)
                // Without a name it is the first artifact that has just one source.
                guard let name = Self.resultName(call) ?? server.flow(id, of: client)?.firstPlainResult else { return }
                var window = RowWindow()
                try window.pass(server.results(of: name, flow: id, client: client), to: emit)
            },
            PluginDefinition("hunt_results", body: huntResults),
        ]
    }

    /// `artifact`, or `artifact/source`; `nil` without an artifact.
    private static func resultName(_ call: Invocation) -> String? {
        guard let artifact = call.arguments.text("artifact"), !artifact.isEmpty else { return nil }
        guard let source = call.arguments.text("source"), !source.isEmpty else { return artifact }
        return "\(artifact)/\(source)"
    }

    @Sendable private func source(_ call: Invocation, _ emit: PluginDefinition.Emitter) throws {
        guard let name = Self.resultName(call) else {
            // The server says its own name twice here.
            throw VQLFailure("source: One of artifact, flow_id, hunt_id, notebook_id should be specified.")
        }
        let server = server(call)
        try requireKnown(name, server)
        var window = RowWindow(call)
        if let hunt = call.arguments.text("hunt_id").flatMap(server.hunt) {
            return try pass(name, of: hunt, server, through: &window, to: emit)
        }
        let client = call.arguments.text("client_id") ?? ""
        let flow = call.arguments.text("flow_id") ?? ""
        try window.pass(server.results(of: name, flow: flow, client: client), to: emit)
    }

    private func requireKnown(_ name: String, _ server: LabServer) throws {
        let artifact = name.split(separator: "/").first.map(String.init) ?? name
        let definition = server.artifact(artifact)
        guard let definition, name == artifact || definition.resultNames.contains(name) else {
            throw VQLFailure("Artifact \(name) not known")
        }
    }

    @Sendable private func huntResults(_ call: Invocation, _ emit: PluginDefinition.Emitter) throws {
        let server = server(call)
        guard let hunt = server.hunt(call.arguments.text("hunt_id") ?? "") else { throw VQLFailure("Hunt not found") }
        let available = server.definitions(of: hunt).flatMap(\.resultNames)
        // An artifact with its source apart finds nothing on the server; only `artifact='A/S'` does.
        if let source = call.arguments.text("source"), !source.isEmpty { return }
        let artifact = call.arguments.text("artifact") ?? ""
        guard let name = artifact.isEmpty ? available.first : artifact else { return }
        guard available.contains(name) else {
            let names = available.joined(separator: ", ")
            throw VQLFailure("artifact \(name) not available in hunt. Available artifacts are \(names)")
        }
        var window = RowWindow()
        try pass(name, of: hunt, server, through: &window, to: emit)
    }

    /// Hands on the rows of all clients, each with where it came from.
    private func pass(
        _ name: String,
        of hunt: Hunt,
        _ server: LabServer,
        through window: inout RowWindow,
        to emit: PluginDefinition.Emitter
    ) throws {
        for client in hunt.clients {
            let origin: VQLRow = [
                "FlowId": .text(hunt.flowID), "ClientId": .text(client), "_OrgId": .text(server.organization.id),
                "Fqdn": .text(server.fqdn(of: client)),
            ]
            let results = server.results(of: name, flow: hunt.flowID, client: client)
            guard try window.pass(results, origin: origin, to: emit) else { return }
        }
    }
}

/// The part of the rows that `start_row` and `count` ask for. Rows before it are never made.
private struct RowWindow {
    private var skipped = 0
    private var left = Int.max

    /// All rows.
    init() {}

    init(_ call: Invocation) {
        skipped = Int(clamping: max(0, call.arguments.integer("start_row") ?? 0))
        let count = Int(clamping: call.arguments.integer("count") ?? 0)
        left = count > 0 ? count : .max
    }

    /// - Parameter origin: columns after those of the row.
    /// - Returns: whether more rows are wanted.
    @discardableResult
    mutating func pass(
        _ rows: ResultRows,
        origin: VQLRow = [:],
        to emit: PluginDefinition.Emitter
    ) throws -> Bool {
        let passedOver = min(skipped, rows.count)
        skipped -= passedOver
        for index in passedOver..<rows.count {
            guard left > 0 else { return false }
            left -= 1
            var row = VQLRow(json: rows[index])
            for (name, value) in origin {
                // The origin stands last, also where the row has a column of that name.
                row[name] = nil
                row[name] = value
            }
            try emit(row)
        }
        return left > 0
    }
}

extension Flow {
    fileprivate var firstPlainResult: String? { sourcesWithRows.first { !$0.contains("/") } }
}

extension LabServer {
    fileprivate func fqdn(of client: String) -> String {
        withState { state, _ in state.clients[client]?.endpoint?.fqdn ?? "" }
    }
}
