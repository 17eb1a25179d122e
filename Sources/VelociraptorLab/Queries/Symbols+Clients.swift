// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var clientPlugins: [PluginDefinition] {
        [
            PluginDefinition("clients") { call, emit in
                let search: ClientSearch
                if let id = call.arguments.text("client_id"), !id.isEmpty {
                    search = ClientSearch(client: id)
                } else {
                    search = try ClientSearch(call.arguments.text("search") ?? "")
                }
                try server(call).forEachClient(matching: search) { try emit($0) }
            },
            PluginDefinition("client_delete") { call, emit in
                guard let id = call.arguments.text("client_id"), call.arguments.bool("really_do_it"),
                    let flows = server(call).delete(id)
                else { return }
                for path in Self.deletedPaths(client: id, flows: flows) {
                    let kind = path.hasSuffix(".db") ? "Datastore" : "Filestore"
                    try emit(["client_id": .text(id), "type": .text(kind), "vfs_path": .text(path), "error": ""])
                }
            },
        ]
    }

    var clientFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("client_info") { call in
                call.arguments.text("client_id").flatMap(server(call).clientRow).map(VQLValue.dict) ?? .null
            },
            FunctionDefinition("client_metadata") { call in
                let values = call.arguments.text("client_id").flatMap(server(call).metadata) ?? []
                return .dict(VQLRow(values.map { ($0.name, .text($0.value)) }))
            },
            FunctionDefinition("client_set_metadata") { call in
                let values = call.arguments.row("metadata") ?? [:]
                server(call).setMetadata(
                    of: call.arguments.text("client_id") ?? "",
                    values.map { CollectionRequest.Parameter(name: $0.name, value: Self.parameterText($0.value)) }
                )
                return true
            },
            FunctionDefinition("label", body: label),
        ]
    }

    /// Any other operation than set, remove and check does nothing and looks as if it had been done.
    @Sendable private func label(_ call: Invocation) -> VQLValue {
        let client = call.arguments.text("client_id") ?? ""
        let labels = call.arguments.texts("labels")
        let operation = call.arguments.text("op") ?? ""
        if let known = LabServer.LabelOperation(rawValue: operation), !server(call).label(client, labels, known) {
            return false
        }
        return ["ClientId": .text(client), "Labels": .texts(labels), "Op": .text(operation)]
    }

    private static func deletedPaths(client: String, flows: [Flow]) -> [String] {
        let root = "/clients/\(client)"
        let collections = flows.flatMap { flow in
            ["/requests.json.db", "/task.db", ".json.db"].map { "\(root)/collections/\(flow.id)\($0)" }
        }
        return collections + ["\(root)/ping.db", "\(root)/flow_index.json", "\(root)/flow_index.json.index"]
    }
}
