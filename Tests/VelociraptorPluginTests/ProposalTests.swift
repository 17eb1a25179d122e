// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("COMP-01: proposals and a server that misbehaves", .timeLimit(.minutes(1)))
struct ProposalTests {
    @Test(
        "what the server cannot know is not asked",
        arguments: [
            ("scope", "", [:]), ("path", "C.", [:]), ("client_id", "label:x", [:]), ("flow_id", "F.", [:]),
            ("flow_id", "F.", ["client_id": "ws-1"]), ("parameter", "", [:]),
            ("parameter", "", ["artifact": "no name"]),
        ] as [(String, String, [String: String])]
    )
    func notAsked(name: String, typed: String, settled: [String: String]) async throws {
        try await ScriptedServer.with { _, _ in
            GRPCStatus(.internal, "asked")
        } _: { server in
            let completion = try await Proposals(client: server.client(), settled: settled)(name, typed)
            #expect(completion.values.isEmpty)
            #expect(server.requests.isEmpty)
        }
    }

    @Test(
        "an error of the server is thrown: no proposals would mean that nothing fits",
        arguments: ["client_id", "hunt_id", "flow_id", "artifact", "artifact_name", "org_id", "label", "parameter"]
    )
    func errors(name: String) async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"client_id":"C.0000000000000001","labels":["a"],"name":"A"}]"#)
            return GRPCStatus(.permissionDenied, "Permission denied: READ_RESULTS")
        } _: { server in
            let proposals = Proposals(
                client: try server.client(),
                settled: ["client_id": "C.0000000000000001", "artifact": "A.B"]
            )
            let error = await #expect(throws: MegaraptorError.self) { try await proposals(name, "a") }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test("what was typed travels beside the query, in the organisation that is settled")
    func beside() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let typed = "x') SELECT 1 //"
            for name in ["client_id", "hunt_id", "label"] {
                _ = try await Proposals(client: server.client(), settled: ["org_id": "OABC"])(name, typed)
            }
            #expect(server.requests.count == 3)
            for request in server.requests {
                #expect(request.query.allSatisfy { !$0.vql.contains("SELECT 1") })
                #expect(request.env.contains { $0.value.contains("SELECT 1") })
                #expect(request.orgID == "OABC")
            }
        }
    }

    @Test("at most a hundred values come, and that there are more is said")
    func hundred() async throws {
        let names = (0..<321).map { JSONValue.object(["name": .string("Custom.A\($0)")]) }
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array(names).json())
            return .ok
        } _: { server in
            let completion = try await Proposals(client: server.client(), settled: [:])("artifact_name", "custom")
            #expect(completion.values.count == 100)
            #expect(completion.total == 321)
            #expect(completion.hasMore)
        }
    }

    @Test("artifacts whose names begin with the text come before those that hold it elsewhere")
    func order() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(#"[{"name":"Custom.Windows.A"},{"name":"Linux.B"},{"name":"Windows.C"}]"#)
            return .ok
        } _: { server in
            let completion = try await Proposals(client: server.client(), settled: [:])("artifact", "windows")
            #expect(completion.values == ["Windows.C", "Custom.Windows.A"])
            #expect(completion.total == 2 && !completion.hasMore)
        }
    }
}
