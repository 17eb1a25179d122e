// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

@Suite("Importing what was collected without a network")
struct ImportTests {
    private static let tool = "import_offline_collection"

    @Test("The server loads it: path, client and password go as variables, and the flow is told")
    func imported() async throws {
        try await AgentsBench.with(secrets: ["collector.case7": "correct horse"]) { bench in
            bench.answerQueries { _, _ in
                ["rows": [["Imported": ["client_id": "C.0123456789abcdef", "session_id": "F.ABC"]]]]
            }
            let made = try await bench.call(
                Self.tool,
                ["server_path": "/tmp/it's.zip", "password_secret": "collector.case7"]
            )
            #expect(made["flow_id"] == "F.ABC" && made["client_id"] == "C.0123456789abcdef")
            #expect(!made.json().contains("correct horse"))
            let asked = try #require(bench.queries.first)
            #expect(asked.operation == "query", "it changes something")
            let variables = try #require(asked.arguments["env"])
            #expect(variables["Path"] == "/tmp/it's.zip" && variables["ClientId"] == "auto")
            #expect(variables["Password"] == "correct horse")
            #expect(asked.arguments["query"]?.stringValue?.contains("horse") == false)
        }
    }

    @Test("Where the server imported nothing that is an error, never an empty result")
    func nothing() async throws {
        try await AgentsBench.with { bench in
            bench.answerQueries { _, _ in ["rows": [["Imported": .null]]] }
            let error = await bench.refusal(Self.tool, ["server_path": "/tmp/a.zip"])
            #expect(error?.code == .failedPrecondition)
        }
    }
}
