// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

@Suite("Tools about clients", .timeLimit(.minutes(1)))
struct ToolTests {
    /// Ten minutes before the scripted server's clock, in microseconds.
    private static let seen = ScriptedServer.time - 600_000_000

    private static func row(_ id: Int) -> String {
        """
        {"client_id":"C.000000000000000\(id)","hostname":"ws-\(id)","os":"windows","release":"10","labels":["x"],\
        "agent_version":"0.77.2","first_seen_at":1795408981,"last_seen_at":\(seen),"last_ip":"10.0.0.\(id):5"}
        """
    }

    @Test("list_clients gives times as text beside the raw ones, reckoned by the server's clock")
    func list() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[\(Self.row(1))]", columns: ["client_id"])
            return .ok
        } _: { server in
            let result = try await ListClients(client: server.client())(ListClients.Request(search: " host:ws-* "))
            let client = try #require(result.rows.first)
            #expect(client["client_id"] == "C.0000000000000001")
            #expect(client["first_seen"] == "2026-11-23T04:43:01Z")
            #expect(client["first_seen_at"] == 1_795_408_981)
            #expect(client["last_seen"] == "2026-11-23T11:50:00.000Z")
            #expect(client["last_seen_at"] == JSONValue(Self.seen))
            #expect(client["seconds_since_seen"] == 600)
            #expect(client["online_estimate"] == true)
            #expect(!result.hasMore)
            let arguments = server.requests[0]
            #expect(arguments.query[0].vql.hasSuffix("FROM clients(search=Search) LIMIT 101"))
            #expect(arguments.env.map(\.value) == ["host:ws-*"])
        }
    }

    @Test("list_clients says when there are more, and shows no more than asked for")
    func more() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[\(Self.row(1)),\(Self.row(2)),\(Self.row(3))]", columns: ["client_id"])
            return .ok
        } _: { server in
            let result = try await ListClients(client: server.client())(ListClients.Request(limit: 2))
            #expect(result.rows.count == 2)
            #expect(result.hasMore)
            let told = try Told(result)
            #expect(told.text.hasPrefix("2 clients in organisation root."))
            #expect(told.text.contains("NOT ALL ROWS: More rows follow."))
            #expect(server.requests[0].query[0].vql.hasSuffix("FROM clients() LIMIT 3"))
        }
    }

    @Test("no client is told with what was searched")
    func none() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let result = try await ListClients(client: server.client())(
                ListClients.Request(search: "host:no\u{202E}ne", organization: "O1")
            )
            let told = try Told(result)
            #expect(told.structure["searched"] == ["search": "host:no\u{202E}ne", "org_id": "O1"])
            #expect(told.text.hasPrefix("No client in organisation O1 for search `host:no\\u202ene`."))
        }
    }

    @Test("a search that the server refuses is an error")
    func refusedSearch() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.log("clients: Invalid search operator os")
            try await query.rows("[]")
            return .ok
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await ListClients(client: server.client())(ListClients.Request(search: "os:linux"))
            }
            #expect(thrown?.code == .invalidArgument)
        }
    }

    @Test("get_client_info has what was recorded of a client")
    func details() async throws {
        let recorded = try #require(try Recorded.exchange("client_info_function")["rows"]?.arrayValue?.first)
        let info = try #require(recorded["i"])
        try await ScriptedServer.with { query, _ in
            let row: JSONValue = ["info": info, "metadata": ["owner": "finance"]]
            try await query.rows(JSONValue.array([row]).json(), columns: ["info", "metadata"])
            return .ok
        } _: { server in
            let client = try await GetClientInfo(client: server.client())("C.b6668acdbecde889")
            #expect(client["hostname"] == "lab-host")
            #expect(client["os"] == "linux")
            #expect(client["mac_addresses"]?.arrayValue?.count == 3)
            #expect(client["metadata"] == ["owner": "finance"])
            #expect(server.requests[0].env.map(\.value) == ["C.b6668acdbecde889"])
        }
    }

    @Test("an unknown client is not found, whether the server says so or gives an empty record")
    func unknown() async throws {
        try await ScriptedServer.with { query, number in
            if number == 0 {
                try await query.log("client_info: Client ID C.1 not known in this org: NotFoundError")
                try await query.rows("[{\"info\":null,\"metadata\":null}]", columns: ["info", "metadata"])
            } else {
                try await query.rows(
                    "[{\"info\":{\"client_id\":\"\"},\"metadata\":{}}]",
                    columns: ["info", "metadata"]
                )
            }
            return .ok
        } _: { server in
            let client = try server.client()
            for _ in 0..<2 {
                let thrown = await #expect(throws: MegaraptorError.self) {
                    try await GetClientInfo(client: client)("C.0000000000000001")
                }
                #expect(thrown?.code == .notFound)
            }
        }
    }

    @Test("server-info names version, user, roles and permissions, and nothing secret")
    func server() async throws {
        try await ScriptedServer.with { query, number in
            try await query.rows(
                number == 0
                    ? #"[{"version":{"name":"velociraptor","version":"0.77.2","system":"linux"},"me":"mcp"}]"#
                    : #"[{"user":{"name":"mcp","roles":["api"],"effective_policy":{"any_query":true,"execve":false},"nonce":"x"}}]"#
            )
            return .ok
        } _: { server in
            let info = try await ServerInfo(client: server.client())()
            #expect(info["version"] == "0.77.2")
            #expect(info["user"] == "mcp")
            #expect(info["roles"] == ["api"])
            #expect(info["permissions"] == ["ANY_QUERY"])
            #expect(info["server_time"] == "2026-11-23T12:00:00.000Z")
            #expect(!JSONValue.object(info).json().contains("nonce"))
        }
    }

    @Test("server-info without the right to ask for roles says so")
    func serverWithoutRights() async throws {
        try await ScriptedServer.with { query, number in
            if number == 1 { try await query.log("user: PermissionDenied: Permission denied: [SERVER_ADMIN]") }
            try await query.rows(number == 0 ? #"[{"version":{"version":"0.77.2"},"me":"mcp"}]"# : #"[{"user":null}]"#)
            return .ok
        } _: { server in
            let info = try await ServerInfo(client: server.client())()
            #expect(info["version"] == "0.77.2")
            #expect(info["roles"] == .null)
            #expect(info["note"] != nil)
        }
    }
}
