// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Reads one hunt.
struct HuntLookup: Sendable {
    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    /// - Throws: `not_found` for a hunt that the server does not know. Most calls about such a hunt look fine instead.
    func callAsFunction(_ id: String) async throws(MegaraptorError) -> HuntRecord {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT \(HuntRecord.columns) FROM hunts(hunt_id=HuntId)",
                [VQLQuery.Variable("HuntId", id)],
                effect: .reads,
                organization: organization,
                timeout: timeout
            )
        )
        guard let row = rows.values.first(where: { $0["hunt_id"]?.stringValue == id }) else {
            throw MegaraptorError(
                .notFound,
                "There is no hunt \(VisibleText.escape(id)) in organisation \(organization ?? "root").",
                hint: "list_hunts shows the hunts of an organisation, newest first."
            )
        }
        return HuntRecord(row: row, serverTime: rows.serverTime)
    }
}
