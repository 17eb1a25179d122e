// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var huntPlugins: [PluginDefinition] {
        [
            PluginDefinition("hunts") { call, emit in
                let wanted = call.arguments.text("hunt_id") ?? ""
                for row in server(call).huntRows(where: { wanted.isEmpty || $0.id == wanted }) { try emit(row) }
            },
            PluginDefinition("hunt_flows") { call, emit in
                guard let hunt = server(call).hunt(call.arguments.text("hunt_id") ?? "") else { return }
                let start = call.arguments.integer("start_row") ?? 0
                let isBasic = call.arguments.bool("basic_info")
                let now = server(call).now
                for flow in server(call).flows(of: hunt).dropFirst(Int(clamping: max(0, start))) {
                    try emit([
                        "HuntId": .text(hunt.id), "ClientId": .text(flow.request.clientID), "FlowId": .text(flow.id),
                        "Flow": .dict(isBasic ? flow.basicRow(at: now) : flow.row(at: now)),
                    ])
                }
            },
            PluginDefinition("hunt_delete") { call, _ in
                // Archiving does nothing any more; without `really_do_it` nothing is deleted.
                guard call.arguments.bool("really_do_it"), !call.arguments.bool("archive") else { return }
                server(call).deleteHunt(call.arguments.text("hunt_id") ?? "")
            },
        ]
    }

    var huntFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("hunt_info") { call in
                let id = call.arguments.text("hunt_id") ?? ""
                return server(call).huntRows { $0.id == id }.first.map(VQLValue.dict) ?? .null
            },
            FunctionDefinition("hunt", access: .anyOf([.startHunt]), body: createHunt),
            FunctionDefinition("hunt_update", body: updateHunt),
            FunctionDefinition("hunt_add") { call in
                let client = call.arguments.text("client_id") ?? ""
                server(call).add(client, to: call.arguments.text("hunt_id") ?? "")
                return .text(client)
            },
        ]
    }

    @Sendable private func createHunt(_ call: Invocation) throws -> VQLValue {
        var condition = Hunt.Condition()
        condition.includedLabels = call.arguments.texts("include_labels")
        condition.excludedLabels = call.arguments.texts("exclude_labels")
        if let name = call.arguments.text("os"), !name.isEmpty {
            guard let system = OperatingSystem(rawValue: name) else {
                throw VQLFailure("OS condition invalid \(name) (should be linux, windows, darwin)")
            }
            if !condition.includedLabels.isEmpty {
                call.report("Both OS and label conditions set, ignoring include label conditions")
            }
            // Excluded labels go too, and without a word: the hunt then runs on the excluded hosts.
            condition = Hunt.Condition(system: system)
        }
        let hunt = try server(call).createHunt(
            try collectionRequest(call),
            description: call.arguments.text("description") ?? "",
            condition: condition,
            expires: try expiry(of: call),
            tags: call.arguments.texts("tags"),
            isPaused: call.arguments.bool("pause")
        )
        let request = hunt.protobufRow(artifacts: server(call).definitions(of: hunt))
        return ["HuntId": .text(hunt.id), "Request": .dict(request)]
    }

    private func expiry(of call: Invocation) throws -> Instant? {
        guard let value = try call.arguments.value("expires") else { return nil }
        switch value {
        case .null: return nil
        case .time(let time): return Instant(seconds: time.seconds)
        case .string(let text):
            guard let time = Instant(rfc3339: text.text) else {
                throw VQLFailure("expiry time invalid: unrecognized format, too short \(text.text)")
            }
            return time
        default: return value.integerValue.map { Instant(seconds: $0) }
        }
    }

    @Sendable private func updateHunt(_ call: Invocation) -> VQLValue {
        let id = call.arguments.text("hunt_id") ?? ""
        let added = call.arguments.texts("add_labels")
        let removed = call.arguments.texts("del_labels")
        if call.arguments.bool("start") { server(call).change(id, .start) }
        if call.arguments.bool("stop") { server(call).change(id, .stop) }
        if let text = call.arguments.text("description") { server(call).change(id, .describe(text)) }
        if let time = call.arguments.time("expires") {
            server(call).change(id, .expire(Instant(seconds: time.seconds)))
        }
        guard !added.isEmpty || !removed.isEmpty else { return .text(id) }
        server(call).change(id, .tag(add: added, remove: removed))
        return .texts(server(call).hunt(id)?.tags ?? [])
    }
}
