// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("An assistant reads and watches what a Velociraptor server has")
struct ResourceSessionTests {
    private let lab: LabProcess
    private let session: Session

    init() async throws {
        lab = try await LabProcess(in: ScratchFolder())
        session = try Session(["--api-config", lab.apiFile(), "--toolsets", "all", "--confirm", "never"])
        _ = try await session.initialize()
    }

    /// A resource's JSON.
    private func read(_ uri: String) async throws -> JSONValue {
        let result = try await session.request("resources/read", ["uri": .string(uri)])
        let contents = try #require(result["contents"]?.arrayValue?.first)
        #expect(contents["uri"] == .string(uri))
        #expect(contents["mimeType"] == "application/json")
        return try JSONValue(json: try #require(contents["text"]?.stringValue))
    }

    private func complete(_ uri: String, _ name: String, _ value: String) async throws -> JSONValue {
        try await session.request(
            "completion/complete",
            [
                "ref": ["type": "ref/resource", "uri": .string(uri)],
                "argument": ["name": .string(name), "value": .string(value)],
            ]
        )["completion"] ?? .null
    }

    private func suspect() async throws -> String {
        let completion = try await complete("velociraptor://clients/{client_id}", "client_id", "ws-finance-07")
        return try #require(completion["values"]?.arrayValue?.first?.stringValue)
    }

    @Test("RES-12: every resource is JSON that says what it is")
    func all() async throws {
        let listed = try await session.request("resources/list")["resources"]?.arrayValue ?? []
        let uris = listed.compactMap { $0["uri"]?.stringValue }.filter { $0.hasPrefix("velociraptor:") }
        #expect(
            uris.map { $0.dropFirst("velociraptor://".count) }.sorted() == [
                "artifacts", "clients", "deployments", "hunts", "orgs", "server-info",
            ]
        )
        for uri in uris { #expect(try await read(uri)["type"]?.stringValue?.isEmpty == false) }
        let artifacts = try await read("velociraptor://artifacts")
        let categories = artifacts["categories"]?.objectValue ?? [:]
        #expect(artifacts["total_count"] == JSONValue(categories.reduce(0) { $0 + ($1.value.arrayValue?.count ?? 0) }))
        #expect(categories["Windows"]?.arrayValue?.isEmpty == false)
        #expect(try await !read("velociraptor://orgs").json().lowercased().contains("nonce"))
        let hunts = try await read("velociraptor://hunts")["hunts"]?.arrayValue ?? []
        let hunt = try #require(hunts.first?["hunt_id"]?.stringValue)
        #expect(try await read("velociraptor://hunts/\(hunt)")["hunt"]?["hunt_id"] == .string(hunt))
        #expect(try await read("velociraptor://hunts/\(hunt)/results")["type"] == "hunt_results")
        let artifact = try await read("velociraptor://artifacts/Linux.Sys.Users")
        #expect(artifact["artifact"]?["name"] == "Linux.Sys.Users")
        let client = try await read("velociraptor://clients/\(suspect())")
        #expect(client["client"]?["hostname"] == "ws-finance-07")
    }

    @Test(
        "RES-10: ids that are malformed or unknown give the protocol's error for a resource that does not exist",
        arguments: [
            "clients/C.00000000000000ff", "clients/ws-1", "hunts/H.NOSUCH", "hunts/H.NOSUCH/results", "hunts/x",
            "artifacts/No.Such", "artifacts/..", "flows/C.00000000000000ff/F.NOSUCH", "flows/server/F.NOSUCH",
        ]
    )
    func unknown(path: String) async throws {
        let uri = JSONValue.string("velociraptor://" + path)
        let answer = try await session.response(to: try await session.send("resources/read", ["uri": uri]))
        #expect(answer["error"]?["code"] == -32002)
        #expect(answer["error"]?["data"]?["uri"] == uri)
    }

    @Test("COMP-01: a client's id is proposed for its host name, also for a prompt of another plugin")
    func completion() async throws {
        let id = try await suspect()
        #expect(try await read("velociraptor://clients/\(id)")["client"]?["hostname"] == "ws-finance-07")
        let prompted = try await session.request(
            "completion/complete",
            [
                "ref": ["type": "ref/prompt", "name": "investigate_endpoint"],
                "argument": ["name": "client_id", "value": "ws-fin"],
            ]
        )
        #expect(prompted["completion"]?["values"]?.arrayValue?.contains(.string(id)) == true)
    }

    @Test("RES-13: who subscribes to a flow's resource hears of its end, and of no other resource")
    func subscription() async throws {
        let collected = try await session.call(
            "collect_artifact",
            ["client_id": .string(suspect()), "artifacts": ["Windows.System.Pslist"]]
        )
        let id = try #require(collected["structuredContent"]?["flow_id"]?.stringValue, "\(collected.text)")
        let uri = try await "velociraptor://flows/\(suspect())/\(id)"
        for subscribed in ["velociraptor://clients", uri] {
            _ = try await session.request("resources/subscribe", ["uri": .string(subscribed)])
        }
        var heard = 0
        var flow: JSONValue?
        repeat {
            let news = try await session.notifications("notifications/resources/updated", atLeast: heard + 1)
            #expect(news.allSatisfy { $0["params"]?["uri"] == .string(uri) })
            heard = news.count
            flow = try await read(uri)["flow"]
        } while flow?["is_done"] != true
        #expect(flow?["stage"] == "finished")
        _ = try await session.request("resources/unsubscribe", ["uri": .string(uri)])
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
    }
}
