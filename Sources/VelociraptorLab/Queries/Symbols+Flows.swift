// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var flowPlugins: [PluginDefinition] {
        [
            PluginDefinition("flows") { call, emit in
                let client = call.arguments.text("client_id") ?? ""
                let wanted = call.arguments.text("flow_id") ?? ""
                for flow in try server(call).flows(of: client) where wanted.isEmpty || flow.id == wanted {
                    try emit(flow.row(at: server(call).now, isDetailed: !wanted.isEmpty))
                }
            },
            PluginDefinition("flow_logs") { call, emit in
                for entry in self.flow(of: call)?.logs(at: server(call).now) ?? [] { try emit(entry.row) }
            },
            PluginDefinition("uploads") { call, emit in
                for row in self.flow(of: call)?.uploadRows ?? [] { try emit(row) }
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
            FunctionDefinition("get_flow") { call in
                self.flow(of: call).map { .dict($0.row(at: server(call).now, isDetailed: true)) } ?? .null
            },
            FunctionDefinition("cancel_flow", access: .anyOf([.collectClient])) { call in
                let id = call.arguments.text("flow_id") ?? ""
                server(call).cancel(id, of: call.arguments.text("client_id") ?? "")
                return ["flow_id": .text(id)]
            },
            FunctionDefinition("collect_client", access: .open, body: collect),
        ]
    }

    private func flow(of call: Invocation) -> Flow? {
        server(call).flow(call.arguments.text("flow_id") ?? "", of: call.arguments.text("client_id") ?? "")
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
        let made = try server(call).collect(request)
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
            for (client, flow) in server(call).completedFlows() where known.insert("\(client) \(flow.id)").inserted {
                try emit([
                    "Timestamp": .integer(flow.outcome?.finished.seconds ?? 0), "ClientId": .text(client),
                    "FlowId": .text(flow.id), "Flow": .dict(flow.row(at: server(call).now)),
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
            request.specifications += request.artifacts.map { specification(of: $0, environment, call) }
        }
        for (artifact, parameters) in try arguments.value("spec")?.rowValue ?? [:] {
            request.specifications.append(specification(of: artifact, parameters.rowValue ?? [:], call))
        }
        return request
    }

    /// Parameters that the artifact does not have are dropped in silence, as the server does it.
    private func specification(
        of artifact: String,
        _ values: VQLRow,
        _ call: Invocation
    ) -> CollectionRequest.Specification {
        let known = server(call).artifact(artifact)?.parameters ?? []
        let parameters = values.compactMap { value -> CollectionRequest.Parameter? in
            guard let parameter = known.first(where: { $0.name == value.name }) else { return nil }
            return .init(name: value.name, value: Self.parameterText(value.value, of: parameter))
        }
        return CollectionRequest.Specification(artifact: artifact, parameters: parameters)
    }

    private static func parameterText(_ value: VQLValue, of parameter: ArtifactDefinition.Parameter) -> String {
        guard parameter.type == "timestamp", let seconds = value.integerValue else { return parameterText(value) }
        return Instant(seconds: seconds).goText
    }
}
