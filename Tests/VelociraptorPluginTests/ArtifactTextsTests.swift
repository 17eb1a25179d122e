// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import Testing
import VQL

@testable import VelociraptorPlugin

@Suite("What an artifact does on the server", .timeLimit(.minutes(1)))
struct ArtifactTextsTests {
    /// What the gate says of a call of an artifact, of which the server has this definition.
    private func verdict(_ members: JSONObject) async throws -> QueryVerdict {
        var row: JSONObject = ["name": "Custom.A", "sources": [["query": "SELECT * FROM clients()"]]]
        for (name, value) in members { row[name] = value }
        let answer = JSONValue.array([.object(row)]).json()
        return try await ScriptedServer.with { query, _ in
            try await query.rows(answer, columns: ["name"])
            return .ok
        } _: { server in
            let lookup = ArtifactLookup(client: try server.client())
            let gate = QueryGate(isReadOnly: true, allowsServerReads: false, lookup: lookup)
            return try await gate.judge("SELECT * FROM Artifact.Custom.A()").analysis.verdict
        }
    }

    private func verdict(ofParameter name: String, _ type: JSONValue) async throws -> QueryVerdict {
        try await verdict(["parameters": [["name": "Plain"], ["name": .string(name), "type": type]]])
    }

    @Test("one that only reads is a read, with whatever parameters are only parsed")
    func reading() async throws {
        #expect(try await verdict(["tools": [], "impersonate": ""]) == .readsInvestigation)
        for type: JSONValue in ["", .null, "csv", "bool", "regex", "artifactset", "yaml", "glob", "hidden"] {
            #expect(try await verdict(ofParameter: "Given_1", type) == .readsInvestigation, "\(type)")
        }
    }

    @Test("one with tools changes the server's inventory of tools")
    func tools() async throws {
        #expect(try await verdict(["tools": [["name": "Autoruns"]]]) == .changes)
    }

    @Test(
        "parameters that the server fetches, stores, runs or fills in itself are judged by that",
        arguments: [
            ("upload", QueryVerdict.changes), ("upload_file", .changes), ("starlark", .unknown),
            ("server_metadata", .readsServer), ("some_new_type", .unknown), ("Upload", .unknown),
        ]
    )
    func types(type: String, expected: QueryVerdict) async throws {
        #expect(try await verdict(ofParameter: "Given", .string(type)) == expected)
    }

    @Test(
        "a parameter whose name is more than a name cannot be told, whatever its type",
        arguments: [
            "a b", "a)", "x <= rm(filename=1) LET y", "`a`", "a.b", "1a", "", "é", "a'", "LIMIT",
        ]
    )
    func names(name: String) async throws {
        #expect(try await verdict(ofParameter: name, "bool") == .unknown)
        #expect(try await verdict(ofParameter: name, "") == .unknown)
    }

    @Test("one that takes another user's rights cannot be told, and one that imports is judged with what it imports")
    func others() async throws {
        #expect(try await verdict(["impersonate": "admin"]) == .unknown)
        #expect(try await verdict(["imports": ["Custom.A"]]) == .readsInvestigation)
        #expect(try await verdict(["imports": ["Custom.B"]]) == .unknown)
    }
}
