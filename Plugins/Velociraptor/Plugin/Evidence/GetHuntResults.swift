// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Gives the rows that a hunt brought, from all clients or one.
struct GetHuntResults: Sendable {
    static let name = "get_hunt_results"

    let client: VelociraptorClient

    func callAsFunction(
        _ huntID: String,
        client wanted: String? = nil,
        _ request: EvidenceReader.Request
    ) async throws(MegaraptorError) -> RowPage {
        let hunt = try await hunt(huntID, request)
        let sources = try await sources(of: huntID, hunt, client: wanted, request)
        let reader = EvidenceReader(
            client: client,
            origin: .hunt(huntID, client: wanted),
            request: request,
            tool: Self.name
        )
        return try await reader.page(of: sources, state: Self.words(hunt))
    }

    private func hunt(_ id: String, _ request: EvidenceReader.Request) async throws(MegaraptorError) -> JSONValue {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT state, artifacts, artifact_sources, stats FROM hunts(hunt_id=HuntId)",
                [VQLQuery.Variable("HuntId", id)],
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout
            )
        )
        guard let hunt = rows.values.first else {
            throw MegaraptorError(
                .notFound,
                "There is no hunt \(id) in organisation \(request.organization ?? "root").",
                hint: "list_hunts shows the hunts; this one may also belong to another organisation (org_id)."
            )
        }
        return hunt
    }

    /// The hunt's sources with the rows that the flows of its clients tell of.
    private func sources(
        of id: String,
        _ hunt: JSONValue,
        client wanted: String?,
        _ request: EvidenceReader.Request
    ) async throws(MegaraptorError) -> EvidenceSources {
        let filter = wanted == nil ? "" : " WHERE ClientId = WantedClient"
        let flows = try await client.rows(
            VQLQuery(
                """
                SELECT Flow.query_stats.names_with_response AS names, Flow.query_stats.result_rows AS counts \
                FROM hunt_flows(hunt_id=HuntId)\(filter)
                """,
                EvidenceOrigin.hunt(id, client: wanted).variables,
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: 100_000
            )
        )
        var counts: [String: Int] = [:]
        for flow in flows.values { counts.merge(EvidenceSources.count(flow)) { $0 + $1 } }
        let names = hunt["artifact_sources"]?.strings ?? []
        return EvidenceSources(
            available: names.filter { counts[$0, default: 0] > 0 }.map { .init(name: $0, rows: counts[$0]) },
            requested: hunt["artifacts"]?.strings ?? []
        )
    }

    private static func words(_ hunt: JSONValue) -> String {
        let stats = hunt["stats"]
        func count(_ key: String) -> Int64 { stats?[key]?.integerValue ?? 0 }
        return """
            The hunt is \(hunt["state"]?.stringValue ?? "UNKNOWN"): scheduled on \(count("total_clients_scheduled")) \
            clients, \(count("total_clients_with_results")) with results, \(count("total_finished_clients")) finished, \
            \(count("total_clients_with_errors")) with errors. Clients that were offline have not answered yet.
            """
    }
}
