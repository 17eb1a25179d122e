// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("An assistant asks a Velociraptor server")
struct VelociraptorSessionTests {
    private func session(_ lab: LabProcess, _ file: String = "api_client") async throws -> Session {
        let session = try Session(["--api-config", lab.apiFile(file)])
        _ = try await session.initialize()
        return session
    }

    @Test("Clients are listed, described and queried through the plugin")
    func ask() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let list = try await session.call("list_clients", ["search": "host:ws-finance-07"])
        let client = try #require(list["structuredContent"]?["clients"]?.arrayValue?.first)
        #expect(client["hostname"] == "ws-finance-07")
        let info = try await session.call("get_client_info", ["client_id": client["client_id"] ?? .null])
        #expect(info["structuredContent"]?["os"] == "windows")
        let rows = try await session.call(
            "run_vql",
            ["query": "SELECT Name, Number + 1 AS Next FROM scope()", "env": ["Name": "a'b", "Number": 41]]
        )
        #expect(rows["structuredContent"]?["statements"]?.arrayValue?.first?["rows"] == [["Name": "a'b", "Next": 42]])
        let resource = try await session.request("resources/read", ["uri": "velociraptor://server-info"])
        #expect(resource["contents"]?.arrayValue?.first?["text"]?.stringValue?.contains("0.77.2") == true)
    }

    @Test("Nothing found says what was searched, and is no error")
    func nothing() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let result = try await session.call("list_clients", ["search": "host:nosuch"])
        #expect(result["isError"] != true)
        #expect(result.text.contains("host:nosuch"))
    }

    @Test("A name in WHERE that does not exist is told of: the server says nothing and finds nothing")
    func misspeltCondition() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let result = try await session.call("run_vql", ["query": "SELECT * FROM clients() WHERE hostnam =~ 'ws'"])
        #expect(result.text.contains("hostnam"))
        #expect(result.text.contains("WHERE"))
    }

    @Test(
        "LOG-05: no key appears in results or logs, whatever goes wrong",
        arguments: ["api_client", "api_expired", "api_wrong_ca"]
    )
    func noSecrets(file: String) async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, file)
        let lines = try String(contentsOfFile: lab.apiFile(file), encoding: .utf8).split(separator: "\n")
        let secrets = lines.map { $0.drop { $0 == " " } }.filter { $0.count == 64 }
        #expect(!secrets.isEmpty)
        var seen = try await session.call("list_clients").json()
        seen += try await session.call("run_vql", ["query": "SELECT * FROM nosuch()"]).json()
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        seen += session.process.standardError
        #expect(!seen.contains("PRIVATE KEY") && !secrets.contains { seen.contains($0) })
    }

    @Test("A number that the server cannot hold is refused instead of rounded")
    func inexactNumber() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let result = try await session.request(
            "tools/call",
            try JSONValue(
                json:
                    #"{"name":"run_vql","arguments":{"query":"SELECT X FROM scope()","env":{"X":[12345678901234567890]}}}"#
            )
        )
        #expect(result["isError"] == true && result.text.contains("64 bits"))
    }

    /// What is wrong with a query, and what its error must say.
    static let slips: [(query: String, words: String)] = [
        ("SELECT * FROM clientz()", "clientz"),
        ("SELECT client_id FROM clients(serch='x')", "serch"),
        ("SELECT FROM FROM clients()", "unexpected token"),
        ("SELECT nosuch(x=1) FROM scope()", "nosuch"),
    ]

    @Test("A slip in a query is an error, never zero rows", arguments: slips)
    func slip(query: String, words: String) async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let result = try await session.call("run_vql", ["query": .string(query)])
        #expect(result["isError"] == true)
        #expect(result.text.contains(words), "\(result.text)")
    }

    /// Which key is used, and what the sentence must hold.
    static let keys: [(file: String, words: [String])] = [
        ("api_reader", ["api"]),
        ("api_expired", ["expired"]),
        ("api_wrong_ca", ["CA"]),
        ("api_unknown", ["User not found"]),
        ("no_such_file", ["no_such_file.yaml"]),
    ]

    @Test("A wrong key has a sentence of its own", arguments: keys)
    func wrongKey(file: String, words: [String]) async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, file)
        let result = try await session.call("list_clients")
        #expect(result["isError"] == true)
        for word in words { #expect(result.text.localizedCaseInsensitiveContains(word), "\(result.text)") }
    }

    @Test("The sentences for wrong keys differ from each other")
    func sentencesDiffer() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        var sentences: Set<String> = []
        for key in Self.keys { sentences.insert(try await session(lab, key.file).call("list_clients").text) }
        #expect(sentences.count == Self.keys.count)
    }

    @Test("A server that dies in mid-query is an error; restarted, it answers the same host")
    func restart() async throws {
        let folder = try ScratchFolder()
        let lab = try await LabProcess(in: folder)
        let session = try await session(lab)
        #expect(try await session.call("list_clients")["isError"] != true)
        let slow = try await session.send(
            "tools/call",
            ["name": "run_vql", "arguments": ["query": "SELECT sleep(time=60) FROM scope()"]]
        )
        #expect(try await session.call("list_clients")["isError"] != true)
        await lab.crash()
        let died = try await session.response(to: slow)
        #expect(died["result"]?["isError"] == true)
        #expect(died["result"]?.text.contains("unavailable") == true, "\(died.json())")
        let reborn = try await LabProcess(in: folder, port: lab.port)
        #expect(try await session.call("list_clients")["isError"] != true)
        withExtendedLifetime(reborn) {}
    }

    @Test("Cancelling the request ends the query at the server")
    func cancel() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let id = try await session.send(
            "tools/call",
            ["name": "run_vql", "arguments": ["query": "SELECT sleep(time=60) FROM scope()"]]
        )
        #expect(try await session.call("list_clients")["isError"] != true)
        try await session.notify("notifications/cancelled", ["requestId": .integer(id)])
        #expect(try await session.call("list_clients")["isError"] != true)
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }

    @Test("100,000 rows come through whole where operations allow a result of that size")
    func manyRows() async throws {
        let folder = try ScratchFolder()
        let lab = try await LabProcess(in: folder)
        let config = folder.url.appending(path: "megaraptor.yaml")
        try Data("limits:\n  result_bytes: 16777216\n".utf8).write(to: config)
        let session = try Session(["--api-config", lab.apiFile(), "--config", config.path])
        _ = try await session.initialize()
        let result = try await session.call(
            "run_vql",
            [
                "query": "SELECT _value FROM range(end=100000)", "max_rows": 1_000_000,
                "max_result_bytes": 16_777_216,
            ]
        )
        let statement = result["structuredContent"]?["statements"]?.arrayValue?.first
        #expect(statement?["row_count"] == 100_000)
        #expect(statement?["rows"]?.arrayValue?.last?["_value"] == 99999)
        #expect(result["structuredContent"]?["complete"] == true)
    }

    @Test("--read-only leaves tools that read, and VQL as far as it reads")
    func readOnly() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try Session(["--api-config", lab.apiFile(), "--read-only"])
        _ = try await session.initialize()
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        let names = tools.compactMap { $0["name"]?.stringValue }
        #expect(names.contains("list_clients") && names.contains("run_vql"))
        #expect(!names.contains("collect_artifact") && !names.contains("quarantine_client"))
        #expect(tools.allSatisfy { $0["annotations"]?["readOnlyHint"] == true })
        let read = try await session.call("run_vql", ["query": "SELECT client_id FROM clients() LIMIT 1"])
        #expect(read["isError"] != true)
        for query in ["SELECT * FROM execve(argv=['id'])", "SELECT * FROM info()"] {
            let refused = try await session.call("run_vql", ["query": .string(query), "changes": true])
            #expect(refused["isError"] == true)
            #expect(refused["content"]?.arrayValue?.first?["text"]?.stringValue?.contains("read-only") == true)
        }
    }

    @Test("The default set of tools costs a model under 12,000 tokens, four bytes each")
    func tokens() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab)
        let tools = try await session.request("tools/list")["tools"]?.json().utf8.count ?? .max
        #expect(tools / 4 < 12_000, "\(tools) bytes")
    }

    @Test("A stateless client is asked by a result before a query changes something, and says yes by repeating it")
    func consentWithoutHandshake() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try Session(["--api-config", lab.apiFile()])
        let query = "SELECT label(client_id='C.9a790a92c7d142d6', labels='asked', op='set') AS l FROM scope()"
        let call: JSONObject = [
            "name": "run_vql", "arguments": ["query": .string(query), "changes": true],
            "_meta": [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": ["elicitation": ["form": [:]]],
            ],
        ]
        func repeated(_ state: JSONValue, confirm: Bool) async throws -> JSONValue {
            var again = call
            again["requestState"] = state
            again["inputResponses"] = ["question": ["action": "accept", "content": ["confirm": .bool(confirm)]]]
            return try await session.request("tools/call", .object(again))
        }
        let asked = try await session.request("tools/call", .object(call))
        #expect(asked["resultType"] == "input_required")
        let message = asked["inputRequests"]?["question"]?["params"]?["message"]?.stringValue
        #expect(message?.contains("label() changes") == true, "\(asked)")
        let refused = try await repeated(try #require(asked["requestState"]), confirm: false)
        #expect(refused["isError"] == true)
        let again = try await session.request("tools/call", .object(call))
        let done = try await repeated(try #require(again["requestState"]), confirm: true)
        #expect(done["isError"] != true, "\(done)")
        #expect(done["structuredContent"]?["row_count"] == 1)
        // An answer that no question of this server preceded counts for nothing.
        await #expect(throws: MegaraptorError.self) { try await repeated("made up", confirm: true) }
    }
}
