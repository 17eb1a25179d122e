// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

/// Runs a suite's tests with one laboratory: its keys take a while to make.
struct InLaboratory: SuiteTrait, TestScoping {
    @TaskLocal static var lab: RunningLab?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plugin-lab-\(UUID())")
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
        }
        let lab = try await Lab.start(LabOptions(directory: folder.path))
        do {
            try await Self.$lab.withValue(lab) { try await function() }
        } catch {
            await lab.stop()
            throw error
        }
        await lab.stop()
    }
}

// One after the other: a test that breaks connections breaks everybody's.
@Suite("Against the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct LabTests {
    @Test("clients are listed, searched and described")
    func clients() async throws {
        try await withLab { lab in
            let client = client(lab)
            let list = try await ListClients(client: client)(ListClients.Request(limit: 5))
            #expect(list.rows.count == 5)
            #expect(list.hasMore)
            let first = try #require(list.rows.first)
            let (id, host) = (
                try #require(first["client_id"]?.stringValue), try #require(first["hostname"]?.stringValue)
            )
            let details = try await GetClientInfo(client: client)(id)
            #expect(details["hostname"] == .string(host))
            let found = try await ListClients(client: client)(ListClients.Request(search: "host:\(host)"))
            #expect(found.rows.first?["client_id"] == .string(id))
            let none = try await ListClients(client: client)(ListClients.Request(search: "host:nobody-has-this-name"))
            #expect(none.rows.isEmpty)
            #expect(none.total == 0)
            let unknown = await #expect(throws: MegaraptorError.self) {
                try await GetClientInfo(client: client)("C.00000000000000ff")
            }
            #expect(unknown?.code == .notFound)
        }
    }

    @Test("values of any type arrive in a query with their type")
    func typedValues() async throws {
        try await withLab { lab in
            let query = """
                SELECT Text, Number + 1 AS Number, List[1] AS Second, Map.key AS Key, Flag, Nothing = NULL AS Nothing, \
                `select` AS Word \
                FROM scope()
                """
            let environment: JSONObject = [
                "Text": "5", "Number": 41, "List": [1, "two"], "Map": ["key": [JSONValue(1.5)]], "Flag": true,
                "Nothing": .null,
                "select": ["x"],
            ]
            let row = try await rows(lab, RunVQL.Request(query: query, environment: environment)).first
            #expect(
                row == [
                    "Text": "5", "Number": 42, "Second": "two", "Key": [JSONValue(1.5)], "Flag": true, "Nothing": true,
                    "Word": ["x"],
                ]
            )
        }
    }

    @Test("text that looks like VQL stays text")
    func injection() async throws {
        try await withLab { lab in
            let text = "x') SELECT * FROM execve(argv=['id']) //"
            let rows = try await rows(
                lab,
                RunVQL.Request(query: "SELECT A FROM scope()", environment: ["A": .string(text)])
            )
            #expect(rows == [["A": .string(text)]])
        }
    }

    @Test("100,000 rows arrive in order")
    func manyRows() async throws {
        try await withLab { lab in
            var request = RunVQL.Request(query: "SELECT _value AS n FROM range(end=100000)", rowLimit: 1_000_000)
            request.budget = ResultBudget(asked: 16 << 20, cap: 16 << 20)
            let rows = try await rows(lab, request)
            #expect(rows.count == 100_000)
            #expect(rows.first == ["n": 0])
            #expect(rows.last == ["n": 99_999])
        }
    }

    @Test("server-info names the user and what the key may do")
    func serverInfo() async throws {
        try await withLab { lab in
            let info = try await ServerInfo(client: client(lab, .investigator))()
            #expect(info["user"] == "investig")
            #expect(info["roles"]?.arrayValue?.contains("investigator") == true)
            #expect(info["permissions"]?.arrayValue?.contains("ANY_QUERY") == true)
            #expect(info["version"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(
        "each key that does not work has its own sentence",
        arguments: [
            (LabUser.reader, MegaraptorError.Code.permissionDenied, "may not run queries"),
            (.withoutRights, .permissionDenied, "may not run queries"),
            (.unknown, .unauthenticated, "does not know the user `gone`"),
            (.expired, .unauthenticated, "expired on "),
            (.foreign, .unauthenticated, "closed the connection during the handshake"),
            (.wrongAuthority, .unauthenticated, "is not the authority of the server"),
        ]
    )
    func badKeys(user: LabUser, code: MegaraptorError.Code, sentence: String) async throws {
        try await withLab { lab in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await ListClients(client: client(lab, user))(ListClients.Request())
            }
            #expect(thrown?.code == code)
            #expect(thrown?.message.contains(sentence) == true, "\(thrown?.message ?? "")")
        }
    }

    @Test("a query that is under way when the server goes fails, and the next one after its return is answered")
    func restart() async throws {
        try await withLab { lab in
            let client = client(lab)
            let broken = try await client.run(
                VQLQuery(
                    "SELECT _value FROM range(end=5)",
                    [VQLQuery.Variable("LAB_FAULT", "drop_after=2")],
                    effect: .mayChange,
                    rowsPerMessage: 1
                )
            )
            #expect(broken.rowCount == 2)
            #expect(broken.failures.first?.code == .unavailable)
            let rows = try await client.rows(VQLQuery("SELECT 1 AS a FROM scope()", effect: .reads))
            #expect(rows.values == [["a": 1]])
        }
    }

    // MARK: -

    private func withLab(_ body: (RunningLab) async throws -> Void) async throws {
        try await body(try #require(InLaboratory.lab))
    }

    private func client(_ lab: RunningLab, _ user: LabUser = .administrator) -> VelociraptorClient {
        lab.client(user)
    }

    private func rows(_ lab: RunningLab, _ request: RunVQL.Request) async throws -> [JSONValue] {
        let result = try JSONValue(json: try await RunVQL(client: client(lab))(request))
        #expect(result["isError"] == nil)
        return result["structuredContent"]?["statements"]?.arrayValue?.first?["rows"]?.arrayValue ?? []
    }
}

extension RunningLab {
    /// A client with somebody's key.
    func client(_ user: LabUser = .administrator) -> VelociraptorClient {
        let search = ConfigurationSearch(explicitPath: apiFile(user), environment: [:])
        return VelociraptorClient { () throws(MegaraptorError) in try search.find(now: Int64(time(nil))) }
    }
}
