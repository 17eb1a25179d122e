// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Collections in the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct FlowLabTests {
    private static func client(_ user: LabUser = .administrator) throws -> VelociraptorClient {
        let lab = try #require(InLaboratory.lab)
        let search = ConfigurationSearch(explicitPath: lab.apiFile(user), environment: [:])
        return VelociraptorClient { () throws(MegaraptorError) in try search.find(now: Int64(time(nil))) }
    }

    /// The id of a client that fits.
    private static func clientID(_ fits: (JSONValue) -> Bool) async throws -> String {
        let clients = try await ListClients(client: client())(ListClients.Request()).rows
        return try #require(clients.first(where: fits)?["client_id"]?.stringValue)
    }

    private static func online(_ system: String) async throws -> String {
        try await clientID { $0["os"] == .string(system) && $0["online_estimate"] == true }
    }

    @Test("a collection runs through to its end: parameters arrive, rows are counted, it leads the list, it has a log")
    func life() async throws {
        let client = try Self.client()
        let id = try await Self.online("linux")
        let report = try await CollectArtifact(client: client)(
            CollectionRequest(
                clientID: id,
                artifacts: ["Linux.Sys.Users", "Generic.System.HostsFile"],
                parameters: ["Linux.Sys.Users": ["PasswordFile": "/etc/passwd"]],
                seconds: 120,
                isUrgent: true,
                maxRows: 1000
            ),
            wait: .seconds(60)
        )
        let told = try Told(report.toolResult)
        let flowID = try #require(told.structure["flow_id"]?.stringValue)
        #expect(told.structure["parameters"] == ["Linux.Sys.Users": ["PasswordFile": "/etc/passwd"]])
        #expect(told.structure["request"]?["timeout"] == 120)
        #expect(told.structure["request"]?["urgent"] == true)
        #expect(told.structure["request"]?["max_rows"] == 1000)
        #expect(told.structure["flow"]?["stage"] == "finished")
        let sources = told.structure["flow"]?["artifacts_with_results"]?.arrayValue ?? []
        #expect(sources.contains { $0["source"] == "Linux.Sys.Users" && $0["rows"]?.integerValue ?? 0 > 0 })

        let list = try await ListFlows(client: client)(ListFlows.Request(clientID: id, limit: 1))
        #expect(list.rows.first?["flow_id"] == .string(flowID))
        let logs = try await FlowLogs(client: client)(FlowLogs.Request(clientID: id, flowID: flowID))
        #expect(!logs.rows.isEmpty)
        let newest = try await FlowLogs(client: client)(
            FlowLogs.Request(clientID: id, flowID: flowID, levels: ["INFO"], isNewestFirst: true)
        )
        #expect(
            newest.rows.map { $0["message"] }
                == logs.rows.filter { $0["level"] == "INFO" }.reversed().map { $0["message"] }
        )
        let uploads = try await FlowUploads(client: client)(FlowUploads.Request(clientID: id, flowID: flowID))
        #expect(try Told(uploads).text.contains("No uploaded file of flow \(flowID)"))
    }

    @Test("work for a client that is offline is queued, and can be cancelled once")
    func offline() async throws {
        let client = try Self.client()
        let id = try await Self.clientID { $0["online_estimate"] == false }
        let told = try Told(
            try await CollectArtifact(client: client)(
                CollectionRequest(clientID: id, artifacts: ["Generic.Client.Info"])
            ).toolResult
        )
        #expect(told.structure["flow"]?["stage"] == "queued")
        #expect(told.text.contains("probably offline"))
        let flowID = try #require(told.structure["flow_id"]?.stringValue)
        let outcome = try await CancelFlow(client: client)(id, flowID)
        #expect(outcome.before.stage == .queued)
        #expect(outcome.after.stage == .cancelled)
        let again = await #expect(throws: MegaraptorError.self) { _ = try await CancelFlow(client: client)(id, flowID) }
        #expect(again?.code == .failedPrecondition)
    }

    @Test("a flow that is finished stays so")
    func finishedStays() async throws {
        let client = try Self.client()
        let id = try await Self.online("linux")
        let report = try await CollectArtifact(client: client)(
            CollectionRequest(clientID: id, artifacts: ["Linux.Sys.Users"]),
            wait: .seconds(60)
        )
        let flowID = try #require(report.json["flow_id"]?.stringValue)
        let thrown = await #expect(throws: MegaraptorError.self) {
            _ = try await CancelFlow(client: client)(id, flowID)
        }
        #expect(thrown?.code == .failedPrecondition)
        let watch = FlowWatch(client: client, clientID: id, flowID: flowID)
        #expect(try await watch.state().state == "FINISHED")
    }

    @Test("the server has every artifact of the triage, for each system", arguments: ["windows", "linux", "darwin"])
    func triage(system: String) async throws {
        let id = try await Self.online(system)
        let triage = TriageClient(collect: CollectArtifact(client: try Self.client()))
        let request = TriageClient.Request(clientID: id, includesSlow: true)
        let told = try Told(try await triage(request, wait: .seconds(60)).toolResult)
        #expect(told.structure["missing_artifacts"] == [])
        #expect(told.structure["flow"]?["is_done"] == true)
        #expect(told.structure["flow"]?["total_collected_rows"]?.integerValue ?? 0 > 0)
    }

    @Test("flows are filtered by the server and page on without a gap")
    func list() async throws {
        let client = try Self.client()
        let id = try await Self.online("windows")
        for artifact in ["Windows.System.Pslist", "Generic.Client.Info", "Windows.System.Pslist"] {
            _ = try await CollectArtifact(client: client)(CollectionRequest(clientID: id, artifacts: [artifact]))
        }
        let list = ListFlows(client: client)
        let all = try await list(ListFlows.Request(clientID: id)).rows.map { $0["flow_id"] }
        var request = ListFlows.Request(clientID: id, limit: 1)
        var seen: [JSONValue?] = []
        repeat {
            let told = try Told(try await list(request))
            seen += told.rows("flows").map { $0["flow_id"] }
            request.cursor = told.structure["next_cursor"]?.stringValue
        } while request.cursor != nil && seen.count <= all.count
        #expect(seen == all)
        let found = try await list(ListFlows.Request(clientID: id, artifact: "pslist$")).rows
        #expect(found.count >= 2)
        #expect(found.allSatisfy { $0["artifacts"]?.arrayValue?.contains("Windows.System.Pslist") == true })
        let later = try await list(ListFlows.Request(clientID: id, since: "2999-01-01T00:00:00Z")).rows
        #expect(later.isEmpty)
        let open = Set(all.prefix(3))
        let failed = try await list(ListFlows.Request(clientID: id, state: "ERROR", artifact: "pslist")).rows
        #expect(failed.allSatisfy { $0["state"] == "ERROR" && !open.contains($0["flow_id"]) })
    }

    @Test("a key that may not collect is told the role")
    func denied() async throws {
        let id = try await Self.online("linux")
        let thrown = await #expect(throws: MegaraptorError.self) {
            _ = try await CollectArtifact(client: try Self.client(.apiOnly))(
                CollectionRequest(clientID: id, artifacts: ["Linux.Sys.Users"])
            )
        }
        #expect(thrown?.code == .permissionDenied)
        #expect(thrown?.hint.contains("`investigator`") == true)
    }

    @Test("unknown flows, clients and artifacts are not found")
    func unknown() async throws {
        let client = try Self.client()
        let id = try await Self.online("linux")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await FlowWatch(client: client, clientID: id, flowID: "F.NONE").state() },
            { _ = try await ListFlows(client: client)(ListFlows.Request(clientID: "C.00000000000000ff")) },
            {
                _ = try await CollectArtifact(client: client)(
                    CollectionRequest(clientID: "C.00000000000000ff", artifacts: ["Linux.Sys.Users"])
                )
            },
            {
                _ = try await CollectArtifact(client: client)(
                    CollectionRequest(clientID: id, artifacts: ["Linux.Sys.Userz"])
                )
            },
        ]
        for call in calls {
            let thrown = await #expect(throws: MegaraptorError.self) { try await call() }
            #expect(thrown?.code == .notFound)
        }
    }
}
