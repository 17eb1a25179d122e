// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import Testing
import VQL
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Built-ins of a newer server", .timeLimit(.minutes(1)))
struct BuiltinLookupTests {
    private static let scope = #"{"Name":"scope","Plugin":0,"Function":0}"#

    private func verdict(_ query: String, answer: String) async throws -> (QueryVerdict, requests: Int) {
        try await ScriptedServer.with { query, _ in
            try await query.rows(answer, columns: ["Name", "Plugin", "Function"])
            return .ok
        } _: { server in
            let lookup = ArtifactLookup(client: try server.client())
            let gate = QueryGate(isReadOnly: true, allowsServerReads: false, lookup: lookup)
            return (try await gate.judge(query).analysis.verdict, server.requests.count)
        }
    }

    @Test("a LET that is called cannot be told where the server has a built-in of its name and kind")
    func newer() async throws {
        let plugin = "LET new_upload = SELECT 1 FROM scope() SELECT * FROM new_upload(a={ SELECT * FROM clients() })"
        let function = "LET new_upload(a) = a SELECT new_upload(a=1) FROM scope()"
        for (version, expected) in [("0", QueryVerdict.unknown), ("3", .unknown), ("null", .readsInvestigation)] {
            let asPlugin = #"[{"Name":"new_upload","Plugin":\#(version),"Function":null},\#(Self.scope)]"#
            #expect(try await verdict(plugin, answer: asPlugin) == (expected, 1))
            let asFunction = #"[{"Name":"new_upload","Plugin":null,"Function":\#(version)},\#(Self.scope)]"#
            #expect(try await verdict(function, answer: asFunction) == (expected, 1))
        }
        let other = #"[{"Name":"new_upload","Plugin":null,"Function":1},\#(Self.scope)]"#
        #expect(try await verdict(plugin, answer: other) == (.readsInvestigation, 1))
    }

    @Test(
        "an answer that does not tell is taken for a yes",
        arguments: [
            "[]", #"[{"Name":"f","Plugin":null,"Function":null}]"#,
            #"[{"Name":"f","Plugin":null,"Function":null},{"Name":"scope","Plugin":null,"Function":null}]"#,
            #"[{"Name":"scope","Plugin":0,"Function":0}]"#,
        ]
    )
    func unreliable(answer: String) async throws {
        let query = "LET f(a) = a SELECT f(a=1) FROM scope()"
        #expect(try await verdict(query, answer: answer) == (.unknown, 1))
    }

    @Test("the server is asked only where a query that seems to read calls what it defines")
    func unasked() async throws {
        for query in ["LET f = 1 SELECT f FROM clients()", "LET q = SELECT * FROM clients() SELECT * FROM q"] {
            #expect(try await verdict(query, answer: "[]") == (.readsInvestigation, 0))
        }
        let changing = "LET f(a) = rm(filename=a) SELECT f(a=1) FROM scope()"
        #expect(try await verdict(changing, answer: "[]") == (.changes, 0))
    }
}

@Suite("Built-ins of the lab's server", .serialized, InLaboratory(), .timeLimit(.minutes(1)))
struct BuiltinLabTests {
    @Test("a server tells its built-ins from other names, and plugins from functions")
    func told() async throws {
        let lookup = BuiltinLookup(client: try #require(InLaboratory.lab).client())
        let calls: Set<CalledName> = [
            CalledName("pslist", .plugin), CalledName("pslist", .function), CalledName("len", .function),
            CalledName("no_such_name", .plugin), CalledName("no_such_name", .function),
        ]
        #expect(
            try await lookup.builtins(among: calls) == [CalledName("pslist", .plugin), CalledName("len", .function)]
        )
    }
}
