// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Tells what a server knows about one endpoint.
public struct GetClientInfo: Sendable {
    let client: VelociraptorClient

    public init(client: VelociraptorClient) {
        self.client = client
    }

    /// The members of a ``ClientRecord`` in its long form. Throws `notFound` for an unknown client.
    public func callAsFunction(
        _ id: String,
        organization: String? = nil,
        timeout: Duration = .seconds(30)
    ) async throws(MegaraptorError) -> JSONObject {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT client_info(client_id=ClientId) AS info, client_metadata(client_id=ClientId) AS metadata FROM scope()",
                [VQLQuery.Variable("ClientId", id)],
                effect: .reads,
                organization: organization,
                timeout: timeout
            )
        )
        // An id that was deleted may leave an empty record behind.
        guard let row = rows.values.first, let info = row["info"], info["client_id"]?.stringValue == id else {
            throw Self.unknown(id, organization)
        }
        return ClientRecord(details: info, metadata: row["metadata"], serverTime: rows.serverTime).json
    }

    private static func unknown(_ id: String, _ organization: String?) -> MegaraptorError {
        MegaraptorError(
            .notFound,
            "There is no client \(VisibleText.escape(id)) in organisation \(organization ?? "root").",
            hint: "Use list_clients to find the ids of clients, by host name for example."
        )
    }
}
