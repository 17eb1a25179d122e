// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Methods with one answer, as in the recorded unary_methods")
struct UnaryTests {
    private static let client = "C.b6668acdbecde889"

    @Test("Check serves everybody who has a certificate, also a reader and a user whom the server does not know")
    func check() async throws {
        try await withLab(.recorded) { lab in
            for user in [LabUser.administrator, .reader, .readerWithAPI, .unknown] {
                let answer: Proto_HealthCheckResponse = try await LabClient(lab, as: user)
                    .unary("Check", Proto_HealthCheckRequest())
                #expect(answer.status == .serving)
            }
        }
    }

    @Test("GetClient and ListClients show clients; an unknown one is an empty message")
    func clients() async throws {
        try await withLab(.recorded) { lab in
            let reader = try LabClient(lab, as: .reader)
            let found: Proto_ApiClient = try await reader.unary(
                "GetClient",
                Proto_GetClientRequest.with { $0.clientID = Self.client }
            )
            #expect(
                found.clientID == Self.client && found.osInfo.hostname == "vm"
                    && found.agentInformation.version == "0.77.2"
            )
            #expect(found.firstSeenAt < 10_000_000_000 && found.lastSeenAt > 1_000_000_000_000_000)
            let none: Proto_ApiClient = try await reader.unary(
                "GetClient",
                Proto_GetClientRequest.with { $0.clientID = "C.0000000000000055" }
            )
            #expect(none == Proto_ApiClient())
            let list: Proto_SearchClientsResponse = try await reader.unary(
                "ListClients",
                Proto_SearchClientsRequest.with {
                    $0.query = "all"
                    $0.limit = 1
                }
            )
            #expect(list.total == 2 && list.items.count == 1 && list.searchTerm.query == "all")
        }
    }

    @Test("GetHunt fails with NOT_FOUND; LabelClients needs its right")
    func codes() async throws {
        try await withLab(.recorded) { lab in
            let administrator = try LabClient(lab)
            let missing = await #expect(throws: GRPCStatus.self) {
                let _: Proto_Hunt = try await administrator.unary(
                    "GetHunt",
                    Proto_GetHuntRequest.with { $0.huntID = "H.NOSUCH" }
                )
            }
            #expect(missing?.code == .notFound && missing?.details == "Hunt not found: H.NOSUCH")
            let labels = Proto_LabelClientsRequest.with {
                $0.clientIds = [Self.client]
                $0.labels = ["u"]
                $0.operation = "set"
            }
            let _: Proto_APIResponse = try await administrator.unary("LabelClients", labels)
            let reader = try LabClient(lab, as: .readerWithAPI)
            let denied = await #expect(throws: GRPCStatus.self) {
                let _: Proto_APIResponse = try await reader.unary("LabelClients", labels)
            }
            #expect(denied?.code == .permissionDenied && denied?.details == "User is not allowed to label clients.")
            let rows = try await administrator.query("SELECT labels FROM clients(client_id='\(Self.client)')").rows
            #expect(rows == [["labels": ["u"]]])
        }
    }

    @Test("GetFlowDetails and GetUserUITraits have the fields of the recording")
    func details() async throws {
        try await withLab(.recorded) { lab in
            let client = try LabClient(lab)
            let made = try await client.query(
                "SELECT collect_client(client_id='\(Self.client)', artifacts='Generic.Client.Info') AS c FROM scope()"
            )
            let flow = try #require(try made.rows.first?["c"]?["flow_id"]?.stringValue)
            let details: Proto_FlowDetails = try await client.unary(
                "GetFlowDetails",
                Proto_ApiFlowRequest.with {
                    $0.clientID = Self.client
                    $0.flowID = flow
                }
            )
            #expect(details.context.sessionID == flow && details.context.state == .finished)
            #expect(
                details.context.totalCollectedRows == 22 && details.context.request.artifacts == ["Generic.Client.Info"]
            )
            #expect(details.hasAvailableDownloads)
            let traits: Proto_ApiUser = try await client.unary("GetUserUITraits", Proto_Empty())
            #expect(traits.username == "mcp" && traits.interfaceTraits.permissions.anyQuery)
            #expect(!traits.interfaceTraits.permissions.datastoreAccess)
        }
    }
}
