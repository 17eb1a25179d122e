// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Organisations have clients and rights of their own")
struct OrganizationTests {
    private func query(_ vql: String, in organization: String, _ client: LabClient) async throws -> QueryAnswer {
        try await client.query(
            .with {
                $0.query = [.with { $0.vql = vql }]
                $0.maxRow = 1000
                $0.orgID = organization
            }
        )
    }

    private static let hosts = "SELECT os_info.hostname AS Host FROM clients() ORDER BY Host"

    @Test("org_id chooses the organisation; root and no id are the first one")
    func chosen() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let branch = try await query(Self.hosts, in: "O8MH0", client)
            #expect(
                try branch.rows == [["Host": "mac-north-01"], ["Host": "srv-north-01"], ["Host": "ws-north-01"]]
            )
            #expect(try await query(Self.hosts, in: "root", client).rows.count == 12)
            #expect(try await query(Self.hosts, in: "", client).rows.count == 12)
            let unknown = try await query(Self.hosts, in: "O1234", client)
            #expect(unknown.status.code == .unknown && unknown.status.details == "Org not found")
        }
    }

    @Test("Rights in root are none elsewhere", arguments: [LabUser.administrator, .investigator, .apiOnly])
    func denied(user: LabUser) async throws {
        try await withLab { lab in
            let answer = try await query(Self.hosts, in: "OKQ3T", LabClient(lab, as: user))
            #expect(answer.status.code == .permissionDenied)
            #expect(
                answer.status.details
                    == "Permission denied: User \(user.name) requires permission ANY_QUERY to run queries"
            )
        }
    }

    @Test("query(org_id=…) goes to another organisation, and says where a right is missing")
    func subquery() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let branch = try await client.query(
                "SELECT * FROM query(query={ SELECT client_id FROM clients() }, org_id='O8MH0')"
            )
            #expect(try branch.rows.count == 3)
            let denied = try await client.query(
                "SELECT * FROM query(query={ SELECT client_id FROM clients() }, org_id='OKQ3T')"
            )
            #expect(try denied.rows.isEmpty && denied.status.code == .ok)
            #expect(denied.log.contains { $0.contains("PermissionDenied") && $0.contains("READ_RESULTS") })
        }
    }

    @Test("orgs() and org() hold the secret of each organisation beside its id and name")
    func secrets() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let rows = try await client.query("SELECT * FROM orgs()").rows
            #expect(rows.map { $0["OrgId"] } == ["root", "O8MH0", "OKQ3T"])
            #expect(rows.map { $0["Name"] } == ["<root>", "Branch North", "Subsidiary South"])
            #expect(rows.allSatisfy { $0["_client_config"]?.stringValue?.contains("nonce: NOT-A-NONCE") == true })
            let own = try await query("SELECT org() AS o FROM scope()", in: "O8MH0", client).rows.first?["o"]
            #expect(own?["id"] == "O8MH0" && own?["name"] == "Branch North")
        }
    }

    @Test("A collection and a hunt stay in their organisation")
    func separate() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let made = try await query(
                "SELECT hunt(description='north', artifacts='Generic.Client.Info') AS h FROM scope()",
                in: "O8MH0",
                client
            )
            let hunt = try #require(try made.rows.first?["h"]?["HuntId"]?.stringValue)
            let rows = try await query(
                "SELECT * FROM hunt_results(hunt_id='\(hunt)', artifact='Generic.Client.Info/BasicInformation')",
                in: "O8MH0",
                client
            ).rows
            #expect(rows.count == 3 && rows.allSatisfy { $0["_OrgId"] == "O8MH0" })
            #expect(try await client.query("SELECT * FROM hunts(hunt_id='\(hunt)')").rows.isEmpty)
        }
    }

    @Test("user() and gui_users() speak of the organisation that is asked")
    func users() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let root = try await client.query("SELECT name, roles FROM gui_users()").rows
            #expect(root.count == 7)
            let branch = try await query("SELECT name, org_id, roles FROM gui_users()", in: "O8MH0", client).rows
            #expect(branch.map { $0["name"] } == ["admin", "investig", "mcp"])
            #expect(branch.allSatisfy { $0["org_id"] == "O8MH0" })
            let me = try await client.query("SELECT user(user=whoami()) AS u FROM scope()").rows.first?["u"]
            #expect(me?["roles"] == ["administrator", "api"])
            #expect(me?["effective_policy"]?["execve"] == true)
        }
    }
}
