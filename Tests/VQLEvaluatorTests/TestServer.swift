// SPDX-License-Identifier: Apache-2.0

import VQL
import VQLEvaluator

/// What the recorded queries meet on the server besides the language: a version, a few artifacts.
struct TestServer: ServerEnvironment {
    private static let artifacts = [
        "Generic.Client.Info": ArtifactSummary(sources: ["BasicInformation"], parameters: []),
        "Generic.Utils.FetchBinary": ArtifactSummary(sources: [], parameters: ["ToolName", "IsExecutable"]),
        "Linux.Sys.Pslist": ArtifactSummary(sources: [], parameters: ["processRegex"]),
    ]

    func variables(for session: Session) -> VQLRow {
        ["config": ["version": ["version": "0.77.2"]]]
    }

    func artifact(named name: String, in session: Session) -> ArtifactSummary? { Self.artifacts[name] }

    func runArtifact(
        _ name: String,
        source: String?,
        _ call: Invocation,
        into emit: (VQLRow) throws -> Void
    ) throws {
        try emit(["Artifact": .text(name)])
    }

    func session(of principal: String, in organization: String) throws -> Session {
        guard organization == "root" else { throw VQLFailure("Org not found") }
        return Session(principal: principal, permissions: [.anyQuery, .readResults])
    }
}

extension QueryEngine {
    static let underTest = QueryEngine(environment: TestServer())
}
