// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Tells what a server knows about one endpoint.
struct GetClientInfo: Sendable {
    let client: VelociraptorClient

    /// The members of a ``ClientRecord`` in its long form. Throws `notFound` for an unknown client.
    func callAsFunction(
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
            throw UnknownClient.error(id, organization)
        }
        return ClientRecord(details: info, metadata: row["metadata"], serverTime: rows.serverTime).json
    }
}
