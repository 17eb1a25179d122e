// SPDX-License-Identifier: Apache-2.0

import VQL
import VQLEvaluator

extension LabSymbols {
    var flowPlugins: [PluginDefinition] {
        [
            PluginDefinition("flows") { [server] call, emit in
                let client = call.arguments.text("client_id") ?? ""
                let wanted = call.arguments.text("flow_id") ?? ""
                for flow in try server.flows(of: client) where wanted.isEmpty || flow.id == wanted {
                    try emit(flow.row(at: server.now, isDetailed: !wanted.isEmpty))
                }
            },
            PluginDefinition("flow_logs") { call, emit in
                for entry in self.flow(of: call)?.logs ?? [] { try emit(entry.row) }
            },
            PluginDefinition("uploads") { _, _ in
                // No client of the lab has files to send.
            },
            PluginDefinition("enumerate_flow") { call, emit in
                guard let flow = self.flow(of: call) else { return }
                for (index, file) in flow.files.enumerated() {
                    try emit([
                        "Id": .int(index + 1), "Type": .text(file.type), "Data": ["VFSPath": .text(file.path)],
                        "Error": "",
                    ])
                }
            },
            PluginDefinition("watch_monitoring", body: watchCompletions),
            PluginDefinition("monitoring") { _, _ in
                // The lab's clients run no event artifacts.
            },
        ]
    }

    var flowFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("get_flow") { [server] call in
                self.flow(of: call).map { .dict($0.row(at: server.now, isDetailed: true)) } ?? .null
            },
            FunctionDefinition("cancel_flow", access: .anyOf([.collectClient])) { [server] call in
                let id = call.arguments.text("flow_id") ?? ""
                server.cancel(id, of: call.arguments.text("client_id") ?? "")
                return ["flow_id": .text(id)]
            },
            FunctionDefinition("collect_client", access: .open, body: collect),
        ]
    }

    private func flow(of call: Invocation) -> Flow? {
        server.flow(call.arguments.text("flow_id") ?? "", of: call.arguments.text("client_id") ?? "")
    }

    @Sendable private func collect(_ call: Invocation) throws -> VQLValue {
        let client = call.arguments.text("client_id") ?? ""
        let right: Permission = client == "server" ? .collectServer : .collectClient
        let session = call.context.session
        guard session.permissions.contains(right) else {
            let text = "User \(session.principal) is not allowed to launch flows \(right.rawValue)."
            throw VQLFailure("PermissionDenied: " + text)
        }
        var request = try collectionRequest(call)
        request.clientID = client
        let made = try server.collect(request)
        return ["flow_id": .text(made.flowID), "request": .dict(made.row())]
    }

    /// Reports each flow that ends from now on. The one queue that the lab fills is that of completed flows.
    @Sendable private func watchCompletions(_ call: Invocation, _ emit: PluginDefinition.Emitter) throws {
        let artifact = call.arguments.text("artifact") ?? ""
        guard artifact == "System.Flow.Completion" else {
            throw VQLFailure("The lab has no events of \(artifact)")
        }
        var known = Set<String>()
        while true {
            for (client, flow) in server.completedFlows() where known.insert("\(client) \(flow.id)").inserted {
                try emit([
                    "Timestamp": .integer(flow.outcome?.finished.seconds ?? 0), "ClientId": .text(client),
                    "FlowId": .text(flow.id), "Flow": .dict(flow.row(at: server.now)),
                ])
            }
            try call.context.wait(for: .milliseconds(20))
        }
    }
}

extension LabSymbols {
    /// What `collect_client()` and `hunt()` have in common.
    func collectionRequest(_ call: Invocation) throws -> CollectionRequest {
        let arguments = call.arguments
        var request = CollectionRequest(
            creator: call.context.session.principal,
            artifacts: arguments.texts("artifacts")
        )
        request.isUrgent = arguments.bool("urgent")
        request.timeout = arguments.integer("timeout") ?? 0
        request.cpuLimit = arguments.double("cpu_limit") ?? 0
        request.iopsLimit = arguments.double("iops_limit") ?? 0
        request.operationsPerSecond = arguments.double("ops_per_sec") ?? 0
        request.maxRows = arguments.integer("max_rows") ?? 0
        request.maxUploadBytes = arguments.integer("max_bytes") ?? request.maxUploadBytes
        if let environment = try arguments.value("env")?.rowValue {
            request.specifications += request.artifacts.map { specification(of: $0, environment) }
        }
        for (artifact, parameters) in try arguments.value("spec")?.rowValue ?? [:] {
            request.specifications.append(specification(of: artifact, parameters.rowValue ?? [:]))
        }
        return request
    }

    /// Parameters that the artifact does not have are dropped in silence, as the server does it.
    private func specification(of artifact: String, _ values: VQLRow) -> CollectionRequest.Specification {
        let known = server.artifact(artifact)?.parameters ?? []
        let parameters = values.compactMap { value -> CollectionRequest.Parameter? in
            guard let parameter = known.first(where: { $0.name == value.name }) else { return nil }
            return .init(name: value.name, value: Self.parameterText(value.value, of: parameter))
        }
        return CollectionRequest.Specification(artifact: artifact, parameters: parameters)
    }

    private static func parameterText(_ value: VQLValue, of parameter: ArtifactDefinition.Parameter) -> String {
        guard parameter.type == "timestamp", let seconds = value.integerValue else { return parameterText(value) }
        // Go's way to print a time.
        let text = Instant(seconds: seconds).rfc3339
        return text.dropLast().split(separator: "T").joined(separator: " ") + " +0000 UTC"
    }
}

extension Flow {
    /// The files that the server keeps of a flow, as `enumerate_flow()` lists them.
    fileprivate var files: [(type: String, path: String)] {
        let root = "/clients/\(request.clientID)"
        let collection = "\(root)/collections/\(id)"
        let results = sourcesWithRows.map { name -> (String, String) in
            let parts = name.split(separator: "/")
            let file = parts.count > 1 ? "\(id)/\(parts[1]).json" : "\(id).json"
            return ("Result", "fs:\(root)/artifacts/\(parts[0])/\(file)")
        }
        return [
            ("UploadMetadata", "fs:\(collection)/uploads.json"),
            ("UploadTransactions", "fs:\(collection)/upload_transactions.json"),
        ] + results + [
            ("Log", "fs:\(collection)/logs.json"), ("CollectionContext", "ds:\(collection).json.db"),
            ("Task", "ds:\(collection)/task.db"), ("Stats", "ds:\(collection)/stats.json.db"),
        ]
    }
}
