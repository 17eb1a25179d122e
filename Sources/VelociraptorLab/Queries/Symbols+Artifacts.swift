// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var artifactPlugins: [PluginDefinition] {
        [
            PluginDefinition("artifact_definitions") { call, emit in
                let names = call.arguments.texts("names")
                guard !names.isEmpty else {
                    for artifact in server(call).artifacts() { try emit(artifact.row) }
                    return
                }
                for name in names {
                    if let artifact = server(call).artifact(name) {
                        try emit(artifact.row)
                    } else {
                        call.report("artifact \(name) not known")
                    }
                }
            }
        ]
    }

    var artifactFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("artifact_set") { call in
                let artifact = try ArtifactDefinition(yaml: call.arguments.text("definition") ?? "")
                server(call).set(artifact)
                return .dict(artifact.row)
            },
            FunctionDefinition("artifact_delete") { call in
                let name = call.arguments.text("name") ?? ""
                server(call).removeArtifact(name)
                return .text(name)
            },
            FunctionDefinition("verify") { call in
                let name = call.arguments.text("artifact") ?? ""
                var errors: VQLValue = .null
                if server(call).artifact(name) == nil {
                    do {
                        _ = try ArtifactDefinition(yaml: name)
                    } catch let failure as VQLFailure {
                        errors = .texts(["(0,0) yaml_error: " + failure.message])
                    }
                }
                return [
                    "Artifact": .text(name), "Permissions": .null, "Errors": errors, "Warnings": .null,
                    "Definitions": [:], "Suppressions": .null,
                ]
            },
        ]
    }
}

extension LabServer {
    /// Every artifact, by name.
    func artifacts() -> [ArtifactDefinition] {
        let own = withState { state, _ in state.artifacts }
        guard !own.isEmpty else { return BuiltInArtifacts.all }
        let others = BuiltInArtifacts.all.filter { own[$0.name] == nil }
        return (others + own.values).sorted { $0.name < $1.name }
    }

    func set(_ artifact: ArtifactDefinition) {
        withState { state, _ in state.artifacts[artifact.name] = artifact }
    }

    func removeArtifact(_ name: String) {
        withState { state, _ in state.artifacts[name] = nil }
    }
}
