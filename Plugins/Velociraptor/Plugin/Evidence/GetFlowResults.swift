// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Gives the rows that a collection brought.
struct GetFlowResults: Sendable {
    static let name = "get_flow_results"

    let client: VelociraptorClient

    func callAsFunction(
        _ clientID: String,
        _ flowID: String,
        _ request: EvidenceReader.Request
    ) async throws(MegaraptorError) -> RowPage {
        let flow = try await flow(clientID, flowID, request)
        let reader = EvidenceReader(
            client: client,
            origin: .flow(client: clientID, flow: flowID),
            request: request,
            tool: Self.name
        )
        return try await reader.page(of: flow.sources, state: flow.words)
    }

    private struct Flow {
        var sources: EvidenceSources
        var words: String
    }

    private func flow(
        _ clientID: String,
        _ flowID: String,
        _ request: EvidenceReader.Request
    ) async throws(MegaraptorError) -> Flow {
        let rows = try await client.rows(
            VQLQuery(
                """
                SELECT state, status, start_time, request.artifacts AS artifacts, artifacts_with_results, \
                query_stats.names_with_response AS names, query_stats.result_rows AS counts \
                FROM flows(client_id=ClientId, flow_id=FlowId)
                """,
                [VQLQuery.Variable("ClientId", clientID), VQLQuery.Variable("FlowId", flowID)],
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout
            )
        )
        guard let row = rows.values.first else { throw Self.unknown(flowID, clientID) }
        let counts = EvidenceSources.count(row)
        let available = row["artifacts_with_results"]?.strings ?? []
        return Flow(
            sources: EvidenceSources(
                available: available.map { .init(name: $0, rows: counts[$0]) },
                requested: row["artifacts"]?.strings ?? []
            ),
            words: Self.words(row)
        )
    }

    private static func words(_ row: JSONValue) -> String {
        let state = row["state"]?.stringValue ?? "UNKNOWN"
        let status = row["status"]?.stringValue.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        let isQueued = state == "RUNNING" && row["start_time"]?.integerValue == 0
        return "The flow is \(state)\(isQueued ? " (queued: the client has not begun)" : "")\(status)."
    }

    private static func unknown(_ flow: String, _ client: String) -> MegaraptorError {
        MegaraptorError(
            .notFound,
            "There is no flow \(flow) of client \(client).",
            hint: "list_flows shows the flows of a client; both may also belong to another organisation (org_id)."
        )
    }
}

extension EvidenceSources {
    /// The counts in a row with the columns `names` and `counts`, one element for each query of a collection.
    static func count(_ row: JSONValue) -> [String: Int] {
        let names = row["names"]?.arrayValue ?? []
        let counts = row["counts"]?.arrayValue ?? []
        return count(zip(names, counts).map { ($0.strings, Int($1.integerValue ?? 0)) })
    }
}

extension JSONValue {
    /// The texts of a list; empty where it is none.
    var strings: [String] { (arrayValue ?? []).compactMap(\.stringValue) }
}
