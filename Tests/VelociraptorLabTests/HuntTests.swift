// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Hunts start, fill, stop and end")
struct HuntTests {
    private func create(_ arguments: String, _ client: LabClient) async throws -> String {
        let rows = try await client.query(
            "SELECT hunt(description='test', artifacts='Generic.Client.Info', \(arguments)) AS h FROM scope()"
        ).rows
        return try #require(rows.first?["h"]?["HuntId"]?.stringValue)
    }

    private func hunt(_ id: String, _ client: LabClient) async throws -> JSONValue {
        try #require(try await client.query("SELECT * FROM hunts(hunt_id=H)", env: ["H": id]).rows.first)
    }

    private func modify(_ id: String, _ state: Proto_Hunt.State, _ client: LabClient) async throws {
        let _: Proto_Empty = try await client.unary(
            "ModifyHunt",
            Proto_HuntMutation.with {
                $0.huntID = id
                $0.state = state
            }
        )
    }

    @Test("A paused hunt schedules nobody; started, it takes the clients that are online and match")
    func schedule() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await create("pause=TRUE, include_labels='finance'", client)
            #expect(try await hunt(id, client)["state"] == "PAUSED")
            #expect(try await client.query("SELECT * FROM hunt_flows(hunt_id='\(id)')").rows.isEmpty)
            _ = try await client.query("SELECT hunt_update(hunt_id='\(id)', start=TRUE) AS U FROM scope()")
            let running = try await hunt(id, client)
            #expect(running["state"] == "RUNNING" && running["stats"]?["total_clients_scheduled"] == 2)
            #expect(running["stats"]?["total_finished_clients"] == 2)
            let flows = try await client.query("SELECT FlowId, Flow FROM hunt_flows(hunt_id='\(id)')").rows
            #expect(flows.allSatisfy { $0["FlowId"] == .string("F.\(id.dropFirst(2)).H") })
            let basic = try await client.query("SELECT Flow FROM hunt_flows(hunt_id='\(id)', basic_info=TRUE)").rows
            #expect(basic.allSatisfy { $0["Flow"]?["state"] == "UNSET" && $0["Flow"]?["create_time"] == 0 })
        }
    }

    @Test("Excluded labels keep a client out; a label that is set later brings one in")
    func labels() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let excluded = try await create("exclude_labels='finance'", client)
            #expect(try await hunt(excluded, client)["stats"]?["total_clients_scheduled"] == 8)
            let included = try await create("include_labels='suspicious'", client)
            #expect(try await hunt(included, client)["stats"]?["total_clients_scheduled"] == 0)
            _ = try await client.query(
                """
                SELECT label(client_id=client_id, labels='suspicious', op='set') AS L
                FROM clients(search='host:ws-finance-07')
                """
            )
            #expect(try await hunt(included, client)["stats"]?["total_clients_scheduled"] == 1)
        }
    }

    @Test("ModifyHunt: pause stops a running hunt, start goes on, archive does nothing")
    func modify() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await create("os='linux'", client)
            try await modify(id, .paused, client)
            #expect(try await hunt(id, client)["state"] == "STOPPED")
            #expect(try await hunt(id, client)["stats"]?["stopped"] == true)
            try await modify(id, .archived, client)
            #expect(try await hunt(id, client)["state"] == "STOPPED")
            try await modify(id, .running, client)
            #expect(try await hunt(id, client)["state"] == "RUNNING")
            try await modify("H.NOSUCH", .running, client)
            let denied = await #expect(throws: GRPCStatus.self) {
                try await modify(id, .stopped, LabClient(lab, as: .readerWithAPI))
            }
            #expect(denied?.code == .permissionDenied)
        }
    }

    @Test("A hunt whose time is over is stopped")
    func expiry() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await create("expires=now() - 60", client)
            let row = try await hunt(id, client)
            #expect(row["state"] == "STOPPED" && row["stats"]?["total_clients_scheduled"] == 0)
        }
    }

    @Test("hunt_delete deletes only when it is told so for sure, and not when archiving")
    func delete() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await create("pause=TRUE", client)
            for arguments in ["", ", really_do_it=FALSE", ", archive=TRUE, really_do_it=TRUE"] {
                _ = try await client.query("SELECT * FROM hunt_delete(hunt_id='\(id)'\(arguments))")
                #expect(try await hunt(id, client)["state"] == "PAUSED")
            }
            _ = try await client.query("SELECT * FROM hunt_delete(hunt_id='\(id)', really_do_it=TRUE)")
            #expect(try await client.query("SELECT * FROM hunts(hunt_id='\(id)')").rows.isEmpty)
        }
    }

    @Test("EstimateHunt counts the clients that match, silent ones included")
    func estimate() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            func count(_ change: (inout Proto_HuntEstimateRequest) -> Void) async throws -> UInt64 {
                let answer: Proto_HuntStats = try await client.unary(
                    "EstimateHunt",
                    Proto_HuntEstimateRequest.with(change)
                )
                return answer.totalClientsScheduled
            }
            #expect(try await count { _ in } == 12)
            #expect(try await count { $0.lastActive = 1800 } == 10)
            #expect(try await count { $0.condition.os.os = .windows } == 7)
            #expect(try await count { $0.condition.os.os = .x } == 2)
            #expect(try await count { $0.condition.labels.label = ["finance", "dmz"] } == 3)
            #expect(try await count { $0.condition.excludedLabels.label = ["finance"] } == 10)
            #expect(try await count { $0.condition.labels.label = ["no-such-label"] } == 0)
        }
    }
}
