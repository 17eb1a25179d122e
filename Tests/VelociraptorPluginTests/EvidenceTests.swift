// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Results of flows and hunts", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct EvidenceTests {
    /// The endpoint where the laboratory's intrusion began.
    private static let suspect = "C.9a790a92c7d142d6"

    private func client() throws -> VelociraptorClient {
        try #require(InLaboratory.lab).client()
    }

    /// A finished flow of the suspect that collected an artifact.
    private func flow(_ artifact: String) async throws -> String {
        let rows = try await client().rows(
            VQLQuery(
                "SELECT session_id FROM flows(client_id=C) WHERE request.artifacts =~ A AND state = 'FINISHED'",
                [.init("C", Self.suspect), .init("A", artifact)],
                effect: .reads
            )
        )
        return try #require(rows.values.first?["session_id"]?.stringValue)
    }

    private func results(_ flow: String, _ request: EvidenceReader.Request = .init()) async throws -> RowPage {
        try await GetFlowResults(client: client())(Self.suspect, flow, request)
    }

    @Test("without an artifact the sources are listed with their rows; a single one is returned")
    func sources() async throws {
        let several = try await results(try await flow("Generic.Client.Info"))
        let told = try Told(several)
        #expect(told.rows().isEmpty)
        #expect(told.structure["sources"]?.arrayValue?.count ?? 0 > 1)
        #expect(told.structure["sources"]?.arrayValue?.allSatisfy { $0["rows"]?.integerValue ?? 0 > 0 } == true)
        #expect(told.text.contains("Repeat the call with one of them as artifact"))
        let single = try await results(try await flow("Windows.System.TaskScheduler"))
        #expect(single.rows.contains { $0["TaskName"] == "EdgeTelemetryRefresh" })
        let part = try await results(
            try await flow("Generic.Client.Info"),
            .init(artifact: "Generic.Client.Info/BasicInformation")
        )
        #expect(part.rows.count == 1)
    }

    @Test("rows carry their number, and the result says of what they are")
    func rows() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let told = try Told(try await results(flow, .init(artifact: "Windows.System.Pslist")))
        #expect(told.rows().count > 5)
        #expect(told.rows().enumerated().allSatisfy { $1["_row"] == JSONValue($0) })
        #expect(told.structure["client_id"] == .string(Self.suspect))
        #expect(told.structure["flow_id"] == .string(flow))
        #expect(told.structure["artifact"] == "Windows.System.Pslist")
        #expect(told.structure["org_id"] == "root")
        #expect(told.structure["total_rows"] == JSONValue(told.rows().count))
        #expect(told.text.contains("The flow is FINISHED"))
    }

    @Test("a condition keeps the numbers of the rows it finds")
    func condition() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let all = try await results(flow, .init(artifact: "Windows.System.Pslist")).rows
        let wanted = try #require(all.first { $0["Name"] == "edgeupdsvc.exe" })
        let found = try await results(
            flow,
            .init(artifact: "Windows.System.Pslist", condition: "Name =~ 'edgeupd' OR Name = 'x'")
        ).rows
        #expect(found.contains(wanted))
        #expect(found.count < all.count)
        let later = try await results(
            flow,
            .init(artifact: "Windows.System.Pslist", condition: "Pid > 0", startRow: 3, limit: 2)
        )
        #expect(later.rows.map { $0["_row"] } == [3, 4])
        #expect(later.hasMore)
    }

    @Test("fields choose columns, also inside of one; a column that no row has is an error with the nearest")
    func fields() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let rows = try await results(
            flow,
            .init(artifact: "Windows.System.Pslist", fields: ["Name", "Hash.SHA256"], limit: 2)
        ).rows
        #expect(rows.first?.objectValue?.keys == ["_row", "Name", "Hash.SHA256"])
        let thrown = await #expect(throws: MegaraptorError.self) {
            try await results(flow, .init(artifact: "Windows.System.Pslist", fields: ["Nmae"]))
        }
        #expect(thrown?.code == .invalidArgument)
        #expect(thrown?.hint.contains("Did you mean Name?") == true)
    }

    @Test("a condition on a column that does not exist is an error and not an empty result")
    func misspelt() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let thrown = await #expect(throws: MegaraptorError.self) {
            try await results(flow, .init(artifact: "Windows.System.Pslist", condition: "CommandLin =~ 'x'"))
        }
        #expect(thrown?.message.contains("CommandLin, which is no column") == true)
        #expect(thrown?.hint.contains("Did you mean CommandLine?") == true)
    }

    /// Conditions that do more than compare, and what the refusal names.
    static let reaching: [(condition: String, words: String)] = [
        ("label(client_id='C.9a790a92c7d142d6', labels='x', op='set')", "label"),
        ("Name = 'x' OR collect_client(client_id='C.1', artifacts='Generic.Client.Info')", "collect_client"),
        ("len(list={ SELECT * FROM execve(argv=['id']) }) > 0", "execve"),
        ("Name IN filter(list=[1], condition='x=>rm(filename=x)')", "rm"),
        ("read_file(filename='/etc/shadow') =~ 'root'", "read_file"),
        ("no_such_function(a=1)", "no_such_function"),
        ("label(client_id='C.1', labels='x', op='check', `**`=dict(op='set'))", "label"),
        ("log(message=Name, level='ALERT')", "log(level)"),
        ("len(list={ SELECT * FROM query(query='LET f = 1 SELECT * FROM f()') }) > 0", "calls what it defines"),
    ]

    @Test("a condition that reaches beyond comparing is refused before it is sent", arguments: reaching)
    func reachingCondition(condition: String, words: String) throws {
        let thrown = #expect(throws: MegaraptorError.self) { try RowCondition(condition) }
        #expect(thrown?.code == .permissionDenied)
        #expect(thrown?.message.contains(words) == true, "\(thrown?.message ?? "")")
        #expect(throws: Never.self) { try RowCondition("lowcase(string=Name) =~ 'edge' AND len(list=Args) > 1") }
        #expect(throws: Never.self) { try RowCondition("Artifact =~ 'Custom' OR Data.Artifact = 'A'") }
    }

    @Test("a condition that matches nothing says how many rows were looked at")
    func none() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let told = try Told(
            try await results(flow, .init(artifact: "Windows.System.Pslist", condition: "Name = 'no such'"))
        )
        #expect(told.rows().isEmpty)
        #expect(told.text.hasPrefix("No rows that meet the condition"))
        #expect(told.text.contains("Windows.System.Pslist"))
    }

    @Test("pages join to the whole, over a client made anew for each")
    func pages() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let all = try await results(flow, .init(artifact: "Windows.System.Pslist")).rows
        var seen: [JSONValue] = []
        var cursor: String?
        repeat {
            let page = try await results(flow, .init(artifact: "Windows.System.Pslist", limit: 3, cursor: cursor))
            let told = try Told(page)
            seen += page.rows.prefix(told.rows().count)
            cursor = told.structure["next_cursor"]?.stringValue
        } while cursor != nil
        #expect(seen == all)
    }

    @Test("an unknown flow, an artifact that was not collected and a wrong condition each have their error")
    func errors() async throws {
        let flow = try await flow("Windows.System.Pslist")
        let cases: [(String, EvidenceReader.Request, MegaraptorError.Code)] = [
            ("F.NOSUCH", .init(), .notFound),
            (flow, .init(artifact: "Linux.Sys.Pslist"), .notFound),
            (flow, .init(artifact: "Windows.System.Pslist", condition: "Name ="), .invalidArgument),
            (flow, .init(artifact: "Windows.System.Pslist", condition: "Name) OR (TRUE"), .invalidArgument),
            (flow, .init(artifact: "Windows.System.Pslist", cursor: "p1.x.1.y"), .invalidArgument),
        ]
        for (flow, request, code) in cases {
            let thrown = await #expect(throws: MegaraptorError.self) { try await results(flow, request) }
            #expect(thrown?.code == code, "\(request)")
        }
    }

    @Test("a hunt's rows come from all clients or from one, numbered through")
    func hunt() async throws {
        let hunts = try await client().rows(
            VQLQuery("SELECT hunt_id FROM hunts() WHERE hunt_description =~ 'finance'", effect: .reads)
        )
        let hunt = try #require(hunts.values.first?["hunt_id"]?.stringValue)
        let results = GetHuntResults(client: try client())
        let all = try await results(hunt, .init(artifact: "Windows.Network.Netstat"))
        #expect(all.rows.count > 5)
        #expect(all.rows.enumerated().allSatisfy { $1["_row"] == JSONValue($0) })
        let one = try await results(hunt, client: Self.suspect, .init(artifact: "Windows.Network.Netstat"))
        #expect(!one.rows.isEmpty)
        #expect(one.rows == all.rows.filter { $0["ClientId"] == .string(Self.suspect) })
        let paged = try await results(hunt, .init(artifact: "Windows.Network.Netstat", limit: 4))
        let next = try await results(
            hunt,
            .init(artifact: "Windows.Network.Netstat", limit: 4, cursor: paged.cursor?(4).token)
        )
        #expect(paged.rows + next.rows == Array(all.rows.prefix(8)))
        let thrown = await #expect(throws: MegaraptorError.self) { try await results("H.NOSUCH", .init()) }
        #expect(thrown?.code == .notFound)
    }
}
