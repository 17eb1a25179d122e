// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Flows live as on the real server")
struct FlowTests {
    private func clientID(_ host: String, _ client: LabClient) async throws -> String {
        let rows = try await client.query("SELECT client_id FROM clients(search='host:\(host)')").rows
        return try #require(rows.first?["client_id"]?.stringValue)
    }

    private func collect(_ artifact: String, on id: String, _ client: LabClient) async throws -> String {
        let rows = try await client.query(
            "SELECT collect_client(client_id=C, artifacts=A) AS f FROM scope()",
            env: ["C": id, "A": artifact]
        ).rows
        return try #require(rows.first?["f"]?["flow_id"]?.stringValue)
    }

    private func flow(_ id: String, of client: String, _ connection: LabClient) async throws -> JSONValue {
        let rows = try await connection.query(
            "SELECT get_flow(client_id=C, flow_id=F) AS f FROM scope()",
            env: ["C": client, "F": id]
        ).rows
        return try #require(rows.first?["f"])
    }

    @Test("A flow is queued without a start time, then in progress, then finished")
    func life() async throws {
        try await withLab(collectionTime: 200) { lab in
            let client = try LabClient(lab)
            let id = try await clientID("web-01", client)
            let made = try await collect("Linux.Sys.Users", on: id, client)
            var states: [String] = []
            while states.last != "FINISHED" {
                let row = try await flow(made, of: id, client)
                let state = try #require(row["state"]?.stringValue)
                if states.last != state { states.append(state) }
                switch state {
                case "RUNNING", "WAITING": #expect(row["start_time"] == 0 && row["query_stats"] == [])
                case "IN_PROGRESS":
                    #expect(row["outstanding_requests"] == 1)
                    #expect(row["query_stats"]?.arrayValue?.first?["status"] == "PROGRESS")
                default: #expect(row["total_collected_rows"] != 0 && row["execution_duration"] != 0)
                }
            }
            let order = ["RUNNING", "WAITING", "IN_PROGRESS", "FINISHED"]
            #expect(states == order.filter(states.contains) && states.count > 1)
        }
    }

    @Test("A silent client's flow stays RUNNING and was never started")
    func offline() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await clientID("ws-legal-11", client)
            let made = try await collect("Windows.System.Pslist", on: id, client)
            let row = try await flow(made, of: id, client)
            #expect(row["state"] == "RUNNING" && row["start_time"] == 0 && row["total_logs"] == 0)
        }
    }

    @Test("An artifact for another system ends with no rows and says why in the log only")
    func precondition() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await clientID("web-01", client)
            let made = try await collect("Windows.System.Pslist", on: id, client)
            let row = try await flow(made, of: id, client)
            #expect(row["state"] == "FINISHED" && row["status"] == "" && row["total_collected_rows"] == 0)
            let log = try await client.query("SELECT message FROM flow_logs(client_id='\(id)', flow_id='\(made)')").rows
            #expect(
                log.contains { $0["message"]?.stringValue?.contains("Skipping query due to preconditions") == true }
            )
        }
    }

    @Test("Cancelling names who did it, and even turns a finished flow into an error")
    func cancel() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await clientID("web-01", client)
            let made = try await collect("Linux.Sys.Users", on: id, client)
            #expect(try await flow(made, of: id, client)["state"] == "FINISHED")
            let request = Proto_ApiFlowRequest.with {
                $0.clientID = id
                $0.flowID = made
            }
            let _: Proto_StartFlowResponse = try await client.unary("CancelFlow", request)
            let row = try await flow(made, of: id, client)
            #expect(row["state"] == "ERROR" && row["status"] == "Cancelled by mcp")
            #expect(row["artifacts_with_results"] == ["Linux.Sys.Users"])
            let _: Proto_StartFlowResponse = try await client.unary(
                "CancelFlow",
                Proto_ApiFlowRequest.with {
                    $0.clientID = id
                    $0.flowID = "F.NOSUCH"
                }
            )
            let denied = await #expect(throws: GRPCStatus.self) {
                let _: Proto_StartFlowResponse = try await LabClient(lab, as: .apiOnly).unary("CancelFlow", request)
            }
            #expect(denied?.code == .permissionDenied)
        }
    }

    @Test("A flow that is cancelled while it is queued never starts")
    func cancelQueued() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let id = try await clientID("ws-legal-11", client)
            let made = try await collect("Windows.System.Pslist", on: id, client)
            _ = try await client.query("SELECT cancel_flow(client_id='\(id)', flow_id='\(made)') AS c FROM scope()")
            let row = try await flow(made, of: id, client)
            #expect(row["state"] == "ERROR" && row["status"] == "Cancelled by VQL query" && row["start_time"] == 0)
        }
    }

    @Test("CollectArtifact refuses unknown clients and artifacts with their codes")
    func collectArtifact() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await clientID("web-01", client)
            func send(_ clientID: String, _ artifact: String) async throws -> Proto_ArtifactCollectorResponse {
                try await client.unary(
                    "CollectArtifact",
                    Proto_ArtifactCollectorArgs.with {
                        $0.clientID = clientID
                        $0.artifacts = [artifact]
                    }
                )
            }
            let made = try await send(id, "Linux.Sys.Users")
            #expect(made.flowID.hasPrefix("F.") && made.request.creator == "mcp")
            #expect(try await flow(made.flowID, of: id, client)["state"] == "FINISHED")
            let noClient = await #expect(throws: GRPCStatus.self) {
                _ = try await send("C.0000000000000055", "Linux.Sys.Users")
            }
            #expect(noClient?.code == .notFound)
            #expect(noClient?.details == "Client ID C.0000000000000055 not known in this org: NotFoundError")
            let noArtifact = await #expect(throws: GRPCStatus.self) { _ = try await send(id, "No.Such") }
            #expect(noArtifact?.code == .unknown && noArtifact?.details == "Unknown artifact No.Such")
        }
    }
}
