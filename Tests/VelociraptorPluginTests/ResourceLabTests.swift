// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Resources and proposals in the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct ResourceLabTests {
    private static func propose(
        _ argument: String,
        _ typed: String,
        _ settled: [String: String] = [:]
    ) async throws -> [String] {
        try await Proposals(client: ChangeLab.client(), settled: settled)(argument, typed).values
    }

    private static func finance() async throws -> String {
        let page = try await ListHunts(client: ChangeLab.client())(.init(search: "finance"))
        return try #require(page.rows.first?["hunt_id"]?.stringValue)
    }

    @Test("COMP-01: a client is proposed by the beginning of its id, of any case, and by that of its host name")
    func clients() async throws {
        let id = try await ChangeLab.id(of: "ws-finance-07")
        #expect(try await Self.propose("client_id", "ws-fin").contains(id))
        #expect(try await Self.propose("client_id", "WS-FINANCE-07") == [id])
        #expect(try await Self.propose("client_id", String(id.prefix(10))) == [id])
        #expect(try await Self.propose("client_id", id.uppercased()) == [id])
        #expect(try await Self.propose("client_id", "C").contains(id))
        #expect(try await Self.propose("client_id", "").contains(id))
        #expect(try await Self.propose("client_id", "nobody").isEmpty)
    }

    @Test("COMP-01: hunts and the flows of a client are proposed, the newest first")
    func newestFirst() async throws {
        let client = try ChangeLab.client()
        let hunts = try await ListHunts(client: client)(.init()).rows.compactMap { $0["hunt_id"]?.stringValue }
        #expect(!hunts.isEmpty)
        #expect(try await Self.propose("hunt_id", "H.") == hunts)
        let id = try await ChangeLab.id(of: "ws-finance-07")
        let flows = try await ListFlows(client: client)(.init(clientID: id)).rows
            .compactMap { $0["flow_id"]?.stringValue }
        let newest = try #require(flows.first)
        #expect(try await Self.propose("flow_id", "", ["client_id": id]) == flows)
        #expect(try await Self.propose("flow_id", newest, ["client_id": id]) == [newest])
    }

    @Test("COMP-01: organisations, labels, artifacts and the parameters of one are proposed")
    func names() async throws {
        #expect(try await Self.propose("org_id", "ro") == ["root"])
        let labels = try await Self.propose("label", "")
        let label = try #require(labels.first)
        #expect(labels == Set(labels).sorted())
        #expect(try await Self.propose("labels", String(label.prefix(2)).uppercased()).contains(label))
        #expect(try await Self.propose("label", "nosuch").isEmpty)
        #expect(try await Self.propose("artifact", "linux.sys.user").first == "Linux.Sys.Users")
        let settled = ["artifact_name": "Linux.Sys.Users"]
        #expect(try await Self.propose("parameter", "pass", settled).contains("PasswordFile"))
    }

    @Test("COMP-03: parameters of an artifact that does not exist are an error, not an empty list")
    func unknownArtifact() async throws {
        let error = await #expect(throws: MegaraptorError.self) {
            try await Self.propose("parameter", "", ["artifact": "Linux.Sys.Userz"])
        }
        #expect(error?.code == .notFound)
    }

    @Test("the rows of all sources of a hunt stand in one list, each with its source and number")
    func results() async throws {
        let id = try await Self.finance()
        let object = try await HuntResultRows(client: ChangeLab.client(), bytes: 8 << 20)(id)
        let rows = object["results"]?.arrayValue ?? []
        let sources = object["sources"]?.arrayValue ?? []
        #expect(object["type"] == "hunt_results")
        #expect(object["hunt_id"] == .string(id))
        #expect(object["complete"] == true)
        #expect(object["count"] == JSONValue(rows.count))
        #expect(!sources.isEmpty)
        for source in sources {
            let own = rows.filter { $0["_artifact"] == source["artifact"] }
            #expect(JSONValue(own.count) == source["rows"])
            #expect(own.map { $0["_row"] } == own.indices.map { JSONValue($0) as JSONValue? })
        }
    }

    @Test("rows for which there is no room are left out whole, and the tool that has them is named")
    func tooMany() async throws {
        let id = try await Self.finance()
        let client = try ChangeLab.client()
        let all = try await HuntResultRows(client: client, bytes: 8 << 20)(id)
        let some = try await HuntResultRows(client: client, bytes: 6 << 10)(id)
        let rows = some["results"]?.arrayValue ?? []
        #expect(rows == Array((all["results"]?.arrayValue ?? []).prefix(rows.count)))
        #expect(!rows.isEmpty)
        #expect(some["complete"] == false)
        #expect(some["note"]?.stringValue?.contains("get_hunt_results") == true)
    }

    @Test(
        "RES-10: what cannot be an id is not found, and the server is not asked",
        arguments: [
            (.client, "C.0123456789ABCDEF"), (.client, "C.0123"), (.client, "server"), (.client, ""),
            (.clientOrServer, "servers"), (.flow, "F."), (.flow, "F.A/B"), (.flow, "F.A.H.H"), (.hunt, "H.A.H"),
            (.hunt, "H.') //"), (.hunt, "F.A"), (.artifact, "A..B"), (.artifact, "A B"), (.artifact, "../A"),
        ] as [(ResourceIdentifier, String)]
    )
    func malformed(kind: ResourceIdentifier, text: String) {
        let error = #expect(throws: MegaraptorError.self) { try [kind.place: text].identifier(kind) }
        #expect(error?.code == .notFound)
        #expect(error?.hint.contains(kind.place) == true)
    }

    @Test(
        "ids as the server writes them are taken",
        arguments: [
            (.client, "C.0123456789abcdef"), (.clientOrServer, "server"), (.flow, "F.DC1SA3SGH7RLM"),
            (.flow, "F.DC1SA3SGH7RLM.H"), (.hunt, "H.DC1SB29NOF8EU"), (.artifact, "Custom.My_Artifact.X2"),
        ] as [(ResourceIdentifier, String)]
    )
    func wellFormed(kind: ResourceIdentifier, text: String) throws {
        #expect(try [kind.place: text].identifier(kind) == text)
    }
}
