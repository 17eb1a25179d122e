// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var resultPlugins: [PluginDefinition] {
        [
            PluginDefinition("source", body: source),
            PluginDefinition("flow_results") { [server] call, emit in
                let client = call.arguments.text("client_id") ?? ""
                let id = call.arguments.text("flow_id") ?? ""
                // Without a name it is the first artifact that has just one source.
                guard let name = Self.resultName(call) ?? server.flow(id, of: client)?.firstPlainResult else { return }
                for row in server.results(of: name, flow: id, client: client) { try emit(VQLRow(json: row)) }
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
        try requireKnown(name)
        var window = RowWindow(call)
        if let hunt = call.arguments.text("hunt_id").flatMap(server.hunt) {
            try forEachResult(of: name, hunt) { row in try window.pass(row, to: emit) }
            return
        }
        let id = call.arguments.text("flow_id") ?? ""
        for row in server.results(of: name, flow: id, client: call.arguments.text("client_id") ?? "") {
            guard try window.pass(VQLRow(json: row), to: emit) else { return }
        }
    }

    private func requireKnown(_ name: String) throws {
        let artifact = name.split(separator: "/").first.map(String.init) ?? name
        let definition = server.artifact(artifact)
        guard let definition, name == artifact || definition.resultNames.contains(name) else {
            throw VQLFailure("Artifact \(name) not known")
        }
    }

    @Sendable private func huntResults(_ call: Invocation, _ emit: PluginDefinition.Emitter) throws {
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
        try forEachResult(of: name, hunt) { row in
            try emit(row)
            return true
        }
    }

    /// Hands on the rows of all clients, each with where it came from, until `body` wants no more.
    private func forEachResult(of name: String, _ hunt: Hunt, _ body: (VQLRow) throws -> Bool) throws {
        for client in hunt.clients {
            let fqdn = server.fqdn(of: client)
            for result in server.results(of: name, flow: hunt.flowID, client: client) {
                var row = VQLRow(json: result)
                let origin: VQLRow = [
                    "FlowId": .text(hunt.flowID), "ClientId": .text(client), "_OrgId": "root", "Fqdn": .text(fqdn),
                ]
                for (name, value) in origin {
                    row[name] = nil
                    row[name] = value
                }
                guard try body(row) else { return }
            }
        }
    }
}

/// The part of the rows that `start_row` and `count` ask for.
private struct RowWindow {
    private var skipped: Int64
    private var left: Int64

    init(_ call: Invocation) {
        skipped = call.arguments.integer("start_row") ?? 0
        let count = call.arguments.integer("count") ?? 0
        left = count > 0 ? count : .max
    }

    /// - Returns: whether more rows are wanted.
    mutating func pass(_ row: VQLRow, to emit: PluginDefinition.Emitter) throws -> Bool {
        if skipped > 0 {
            skipped -= 1
            return true
        }
        try emit(row)
        left -= 1
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
