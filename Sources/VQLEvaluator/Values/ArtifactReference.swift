// SPDX-License-Identifier: Apache-2.0

import VQL

/// `Artifact`, or `Artifact.A.B`: runs as a plugin once it is called.
struct ArtifactReference: VQLObject {
    /// The parts of the name so far; empty for `Artifact` itself.
    let path: [String]

    private var name: String { path.joined(separator: ".") }

    var typeName: String { "*repository.ArtifactRepositoryPlugin" }
    var isRunnable: Bool { true }

    func member(_ name: String) -> VQLValue? {
        .object(ArtifactReference(path: path + name.split(separator: ".").map(String.init)))
    }

    func run(_ call: Invocation, into emit: (VQLRow) throws -> Void) throws {
        guard !path.isEmpty else {
            throw VQLFailure("VQL Plugin Artifact() is not implemented for this architecture", namesCaller: false)
        }
        let environment = call.context.environment
        guard let artifact = environment.artifact(named: name, in: call.context.session) else {
            throw VQLFailure("Artifact \(name) not found", namesCaller: false)
        }
        let source = call.arguments["source"]?.stringValue
        if let source, !artifact.sources.contains(source) {
            throw VQLFailure("Source \(source) not found in artifact \(name)", namesCaller: false)
        }
        try checkCall(call, of: artifact)
        try environment.runArtifact(name, source: source, call, into: emit)
    }

    private func checkCall(_ call: Invocation, of artifact: ArtifactSummary) throws {
        let session = call.context.session
        guard session.permissions.contains(.collectClient) else {
            let refusal = "PermissionDenied: User \(session.principal) is not allowed to launch flows COLLECT_CLIENT."
            throw VQLFailure("Artifact \(name) invalid: \(refusal)", namesCaller: false)
        }
        let special = ["source", "preconditions"]
        for argument in call.arguments.names where !special.contains(argument) {
            guard artifact.parameters.contains(argument) else {
                throw VQLFailure("Unknown parameter \(argument) provided to artifact \(name)", namesCaller: false)
            }
        }
    }
}
