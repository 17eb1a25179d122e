// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorAPI
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Tools about artifacts", .timeLimit(.minutes(1)))
struct ArtifactToolTests {
    private static let rows = """
        [{"name":"Linux.Network.Netstat","type":"client","description":"Sockets and processes. Also more.",\
        "aliases":[],"precondition":"SELECT OS FROM info() WHERE OS = 'linux'","tools":[],"parameters":["StateRegex"],\
        "sources":[""],"conditions":[""]},\
        {"name":"Linux.Sys.Pslist","type":"client","description":"Lists processes, for netstat too.","aliases":\
        ["MacOS.Sys.Pslist"],"precondition":"SELECT OS From info() where OS =~ 'linux|darwin'","tools":[],\
        "parameters":["processRegex"],"sources":[""],"conditions":[""]},\
        {"name":"Server.Utils.Netstatistics","type":"server","description":"\\nCounts.","aliases":null,\
        "precondition":"","tools":null,"parameters":null,"sources":["A"],"conditions":[""]},\
        {"name":"Windows.Sysinternals.Autoruns","type":"client","description":"Runs autoruns.","aliases":[],\
        "precondition":"","tools":["Autorun_amd64"],"parameters":[],"sources":[""],\
        "conditions":["SELECT OS FROM info() WHERE OS = 'windows'"]}]
        """

    private func withServer(_ body: (ScriptedServer) async throws -> Void) async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(Self.rows, columns: ["name"])
            return .ok
        } _: {
            try await body($0)
        }
    }

    private func names(_ page: RowPage) -> [String] { page.rows.compactMap { $0["name"]?.stringValue } }

    @Test("a search ranks whole words of names before their parts, and names before descriptions")
    func ranking() async throws {
        try await withServer { server in
            let page = try await ListArtifacts(client: server.client())(.init(search: "NetStat"))
            #expect(names(page) == ["Linux.Network.Netstat", "Server.Utils.Netstatistics", "Linux.Sys.Pslist"])
            #expect(page.rows.first?["description"] == "Sockets and processes.")
            #expect(server.requests[0].env.isEmpty)
            #expect(!server.requests[0].query[0].vql.contains("NetStat"))
        }
    }

    @Test("every word of a search must occur")
    func allWords() async throws {
        try await withServer { server in
            let list = ListArtifacts(client: try server.client())
            #expect(names(try await list(.init(search: "netstat sockets"))) == ["Linux.Network.Netstat"])
            let none = try Told(try await list(.init(search: "netstat nosuchword")))
            #expect(none.rows("artifacts").isEmpty)
            #expect(none.text.hasPrefix("None of the 4 artifacts in organisation root matches"))
            #expect(none.text.contains("`nosuchword`"))
        }
    }

    @Test(
        "types and systems are taken in any case; a system leaves out what does not run there",
        arguments: [
            ("CLIENT", "linux", ["Linux.Network.Netstat", "Linux.Sys.Pslist"]),
            ("client", "Darwin", ["Linux.Sys.Pslist"]), (nil, "WINDOWS", ["Windows.Sysinternals.Autoruns"]),
            ("Server", nil, ["Server.Utils.Netstatistics"]), ("notebook", nil, []),
        ] as [(String?, String?, [String])]
    )
    func filters(type: String?, system: String?, expected: [String]) async throws {
        try await withServer { server in
            let page = try await ListArtifacts(client: server.client())(.init(type: type, system: system))
            #expect(names(page) == expected)
        }
    }

    @Test("a type or system that does not exist is refused before anything is sent", arguments: ["event", ""])
    func unknownChoice(word: String) async throws {
        try await withServer { server in
            let list = ListArtifacts(client: try server.client())
            for request in [ListArtifacts.Request(type: word), ListArtifacts.Request(system: word)] {
                let thrown = await #expect(throws: MegaraptorError.self) { try await list(request) }
                #expect(thrown?.code == .invalidArgument)
                #expect(thrown?.hint.contains("client") == true || thrown?.hint.contains("linux") == true)
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test("pages follow each other without gaps, and a cursor belongs to its search")
    func paging() async throws {
        try await withServer { server in
            let list = ListArtifacts(client: try server.client())
            let first = try Told(try await list(.init(limit: 3)))
            let cursor = try #require(first.structure["next_cursor"]?.stringValue)
            let rest = try await list(.init(limit: 3, cursor: cursor))
            #expect(names(rest) == ["Windows.Sysinternals.Autoruns"])
            #expect(!rest.hasMore)
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await list(.init(search: "netstat", limit: 3, cursor: cursor))
            }
            #expect(thrown?.code == .invalidArgument)
        }
    }

    @Test("a goal finds artifacts by what they are known for, says why, and names what nothing matched")
    func goal() async throws {
        try await withServer { server in
            let find = FindArtifact(client: try server.client())
            let page = try await find(.init(what: "show me persistence on windows zzz"))
            #expect(names(page) == ["Windows.Sysinternals.Autoruns"])
            let row = try #require(page.rows.first)
            #expect(row["reasons"] == ["known for: persistence"])
            #expect(row["downloads_tools"] == ["Autorun_amd64"])
            #expect(page.members["words_not_matched"] == ["zzz"])
            #expect(page.members["os"] == "windows")
            let none = try Told(try await find(.init(what: "qqq")))
            #expect(none.text.contains("None of the 4 artifacts"))
            let empty = await #expect(throws: MegaraptorError.self) { try await find(.init(what: "the linux")) }
            #expect(empty?.code == .invalidArgument)
        }
    }

    @Test("a failure of the server is an error, never an empty list")
    func failure() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("artifact_definitions: PermissionDenied: Permission denied: [READ_RESULTS]")
            try await query.rows("[]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await ListArtifacts(client: server.client())(.init())
            }
            #expect(thrown?.code == .permissionDenied)
        }
    }

    @Test("get_artifact tells of sources by the names of their results, and of VQL only when asked")
    func details() async throws {
        let recorded = try #require(try Recorded.exchange("artifact_Linux.Sys.Pslist")["rows"]?.arrayValue?.first)
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([recorded]).json(), columns: ["name"])
            return .ok
        } _: { server in
            let get = GetArtifact(client: try server.client())
            let budget = ResultBudget(cap: 1 << 20)
            let plain = try Told(try await get(.init(name: "Linux.Sys.Pslist")).toolResult(budget))
            #expect(plain.structure["os"] == ["darwin", "linux"])
            #expect(plain.structure["result_names"] == ["Linux.Sys.Pslist"])
            #expect(plain.structure["aliases"] == ["MacOS.Sys.Pslist"])
            #expect(plain.structure["parameters"]?.arrayValue?.first?["default"] == ".")
            #expect(!plain.text.contains("process_tracker_pslist"))
            let whole = try Told(try await get(.init(name: "Linux.Sys.Pslist", includesVQL: true)).toolResult(budget))
            #expect(whole.text.contains("FROM process_tracker_pslist()"))
            #expect(server.requests[0].env.map(\.value) == [#"["Linux.Sys.Pslist"]"#])
        }
    }

    @Test("texts that do not fit are shortened and named")
    func budget() throws {
        let source: JSONValue = ["name": "A", "query": .string(String(repeating: "SELECT ", count: 4000))]
        let row: JSONValue = [
            "name": "Custom.B", "type": "CLIENT", "description": .string(String(repeating: "d", count: 9000)),
            "sources": [source],
        ]
        let told = try Told(
            ArtifactReport(row: row, includesVQL: true).toolResult(ResultBudget(asked: 4096, cap: 4096))
        )
        #expect(told.text.utf8.count <= 4096)
        #expect(told.structure["shortened"] == ["description", "vql of Custom.B/A"])
        #expect(told.structure["type"] == "client")
    }

    @Test(
        "no name of the table of wrong names is one that it recommends",
        arguments: WrongArtifactNames.advice.keys.sorted()
    )
    func wrongNames(name: String) throws {
        let words = WrongArtifactNames.advice.values.flatMap { $0.split(separator: " ") }
        #expect(!words.contains { $0 == name })
        #expect(WrongArtifactNames.advice(for: name.uppercased()) == WrongArtifactNames.advice[name])
    }

    @Test(
        "the first sentence of a description is one line",
        arguments: [
            ("One. Two.", "One."), ("\n  One\n  line \n\nTwo", "One line"), ("", ""), ("No dot", "No dot"),
        ]
    )
    func sentences(description: String, expected: String) {
        #expect(ArtifactSummary(row: ["description": .string(description)]).firstSentence() == expected)
    }
}

@Suite("Artifacts and organisations of the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct ArtifactLabTests {
    @Test(
        "goals find what investigators mean",
        arguments: [
            ("usn journal", "Windows.Forensics.Usn"), ("listening ports linux", "Linux.Network.Netstat"),
            ("browser history", "Windows.Applications.Chrome.History"), ("cron jobs", "Linux.Sys.Crontab"),
            ("shimcache", "Windows.Registry.AppCompatCache"), ("kernel modules", "Linux.Proc.Modules"),
            ("ssh keys", "Linux.Ssh.AuthorizedKeys"), ("mac autoruns", "MacOS.Detection.Autoruns"),
        ]
    )
    func goals(what: String, expected: String) async throws {
        let lab = try #require(InLaboratory.lab)
        let page = try await FindArtifact(client: lab.client())(.init(what: what))
        let names = page.rows.prefix(5).compactMap { $0["name"]?.stringValue }
        #expect(names.contains(expected), "\(names)")
    }

    @Test("artifacts are listed and described; a wrong name leads to the right one")
    func artifacts() async throws {
        let client = try #require(InLaboratory.lab).client()
        let list = try await ListArtifacts(client: client)(.init(search: "pslist", system: "linux"))
        #expect(list.rows.first?["name"] == "Linux.Sys.Pslist")
        let report = try await GetArtifact(client: client)(.init(name: "Linux.Sys.Users"))
        let told = try Told(report.toolResult(ResultBudget(cap: 1 << 20)))
        #expect(told.structure["type"] == "client")
        for (wrong, right) in [("Windows.Sys.Pslist", "Windows.System.Pslist"), ("Linux.Sys.Userz", "Linux.Sys.Users")]
        {
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await GetArtifact(client: client)(.init(name: wrong))
            }
            #expect(thrown?.code == .notFound)
            #expect(thrown?.hint.contains(right) == true, "\(thrown?.hint ?? "")")
        }
    }

    @Test("organisations are told with what the key may do there, and nothing secret")
    func organizations() async throws {
        let client = try #require(InLaboratory.lab).client(.investigator)
        let told = try Told(try await ListOrganizations(client: client)())
        let orgs = told.rows("orgs")
        #expect(orgs.count == 3)
        #expect(orgs.first { $0["org_id"] == "root" }?["can_read"] == true)
        #expect(orgs.first { $0["org_id"] == "root" }?["default"] == true)
        #expect(orgs.first { $0["org_id"] == "O8MH0" }?["can_read"] == true)
        #expect(orgs.first { $0["org_id"] == "OKQ3T" }?["can_read"] == false)
        for secret in ["nonce", "_client_config", "CERTIFICATE", "server_urls"] {
            #expect(!told.text.contains(secret) && !told.structure.json().contains(secret))
        }
    }
}
