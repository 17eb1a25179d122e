// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorAPI
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Triage", .timeLimit(.minutes(1)))
struct TriageTests {
    private static let request = TriageClient.Request(clientID: CollectionServer.clientID)

    private static func artifacts(_ system: String) throws -> [JSONValue] {
        try #require(TriageProfile(system: system)).items.map {
            CollectionServer.artifact($0.artifact, parameters: Array($0.parameters.keys))
        }
    }

    @Test("each system has its artifacts, each once", arguments: ["windows", "linux", "darwin"])
    func profiles(system: String) throws {
        let names = try #require(TriageProfile(system: system)).items.map(\.artifact)
        #expect(names.count >= 10)
        #expect(Set(names).count == names.count)
    }

    @Test("one collection has all of them, with the reasons", arguments: ["windows", "linux", "darwin"])
    func collection(system: String) async throws {
        let answers = CollectionServer(system: system, artifacts: try Self.artifacts(system))
        try await ScriptedServer.with(answers.answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            let told = try Told(try await triage(Self.request).toolResult)
            let quick = try #require(TriageProfile(system: system)).items.filter { !$0.isSlow }
            #expect(told.structure["artifacts"]?.arrayValue == quick.map { .string($0.artifact) })
            #expect(told.structure["why"]?.objectValue?.count == quick.count)
            #expect(told.structure["missing_artifacts"] == [])
            #expect(told.structure["flow_id"] == .string(CollectionServer.flowID))
            #expect(server.requests.count { $0.query[0].vql.contains("collect_client") } == 1)
        }
    }

    @Test("shell histories of macOS are looked for where macOS has them")
    func history() async throws {
        let answers = CollectionServer(system: "darwin", artifacts: try Self.artifacts("darwin"))
        try await ScriptedServer.with(answers.answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            let told = try Told(try await triage(Self.request).toolResult)
            #expect(told.structure["parameters"]?["Linux.Sys.BashHistory"]?["TargetGlob"] == "/Users/*/.*_history")
        }
    }

    @Test("slow artifacts run only if they are asked for")
    func slow() async throws {
        let answers = CollectionServer(system: "windows", artifacts: try Self.artifacts("windows"))
        try await ScriptedServer.with(answers.answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            var request = Self.request
            request.includesSlow = true
            let all = try Told(try await triage(request).toolResult)
            #expect(all.structure["artifacts"]?.arrayValue?.contains("Windows.Sysinternals.Autoruns") == true)
            let quick = try Told(try await triage(Self.request).toolResult)
            #expect(quick.structure["artifacts"]?.arrayValue?.contains("Windows.Sysinternals.Autoruns") == false)
        }
    }

    @Test("what the server lacks is left out and named")
    func missing() async throws {
        var artifacts = try Self.artifacts("linux")
        artifacts.removeAll { $0["name"] == "Linux.Mounts" }
        try await ScriptedServer.with(CollectionServer(artifacts: artifacts).answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            let told = try Told(try await triage(Self.request).toolResult)
            #expect(told.structure["missing_artifacts"] == ["Linux.Mounts"])
            #expect(told.text.contains("does not know them: Linux.Mounts."))
        }
    }

    @Test("a server without any of them is an error, and nothing is sent")
    func nothingKnown() async throws {
        try await ScriptedServer.with(CollectionServer().answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await triage(Self.request) }
            #expect(thrown?.code == .failedPrecondition)
            #expect(!server.requests.contains { $0.query[0].vql.contains("collect_client") })
        }
    }

    @Test("a client of another system, or of none, has no triage", arguments: ["freebsd", ""])
    func otherSystem(system: String) async throws {
        try await ScriptedServer.with(CollectionServer(system: system).answer) { server in
            let triage = TriageClient(collect: CollectArtifact(client: try server.client()))
            let thrown = await #expect(throws: MegaraptorError.self) { _ = try await triage(Self.request) }
            #expect(thrown?.code == .failedPrecondition)
            #expect(server.requests.count == 1)
        }
    }
}
