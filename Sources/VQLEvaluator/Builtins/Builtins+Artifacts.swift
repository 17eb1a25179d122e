// SPDX-License-Identifier: Apache-2.0

/// The function `import()`.
enum ArtifactBuiltins {
    static let functions = [
        FunctionDefinition("import") { call in
            let name = call.arguments.text("artifact") ?? ""
            guard call.context.environment.artifact(named: name, in: call.context.session) != nil else {
                throw VQLFailure("Artifact '\(name)' not found")
            }
            call.log(.error, "lab: import is not simulated")
            return .null
        }
    ]
}
