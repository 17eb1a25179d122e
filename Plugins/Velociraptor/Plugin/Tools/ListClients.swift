// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Lists the endpoints that a server knows.
public struct ListClients: Sendable {
    /// What is asked for.
    public struct Request: Sendable, Hashable {
        public var search: String?
        public var limit: Int
        public var organization: String?
        public var timeout: Duration

        public init(
            search: String? = nil,
            limit: Int = 100,
            organization: String? = nil,
            timeout: Duration = .seconds(30)
        ) {
            self.search = search
            self.limit = limit
            self.organization = organization
            self.timeout = timeout
        }
    }

    let client: VelociraptorClient

    public init(client: VelociraptorClient) {
        self.client = client
    }

    private static let columns = """
        client_id, os_info.hostname AS hostname, os_info.system AS os, os_info.release AS release, labels, \
        agent_information.version AS agent_version, first_seen_at, last_seen_at, last_ip
        """

    /// `{clients, count, more, searched}`.
    public func callAsFunction(_ request: Request) async throws(MegaraptorError) -> JSONObject {
        let search = request.search.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        // The server's order is its own. One row more than wanted tells whether there are more; LIMIT takes only
        // a number, and `limit` is one.
        let source = search == nil ? "clients()" : "clients(search=Search)"
        let rows = try await client.rows(
            VQLQuery(
                "SELECT \(Self.columns) FROM \(source) LIMIT \(request.limit + 1)",
                search.map { [VQLQuery.Variable("Search", $0)] } ?? [],
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: request.limit
            )
        )
        let clients = rows.values.map { JSONValue.object(ClientRecord(summary: $0, serverTime: rows.serverTime).json) }
        return [
            "clients": .array(clients),
            "count": JSONValue(clients.count),
            "more": .bool(rows.isCapped),
            "searched": [
                "search": search.map(JSONValue.string) ?? .null,
                "org_id": .string(request.organization ?? "root"),
            ],
        ]
    }
}
