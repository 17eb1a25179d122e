// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VelociraptorAPI

/// Counts the clients that a hunt would take in; creates nothing.
struct EstimateHunt: Sendable {
    static let name = "estimate_hunt"

    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    private static let day: Int64 = 86_400
    /// More clients than this are not counted one by one.
    private static let mostClients = 200_000

    /// - Parameter activeDays: counts also those that were seen within so many days.
    func callAsFunction(
        _ condition: HuntCondition,
        activeDays: Int? = nil
    ) async throws(MegaraptorError) -> HuntEstimate {
        let spans = [0, Self.day, 7 * Self.day] + (activeDays.map { [Int64($0) * Self.day] } ?? [])
        // The server's own count knows no organisation but that of the key.
        let isRoot = organization == nil || organization == "root"
        let counts = isRoot ? try await asked(condition, spans) : try await counted(condition, spans)
        return HuntEstimate(
            clients: counts[0],
            seenWithinDay: counts[1],
            seenWithinWeek: counts[2],
            active: activeDays == nil ? nil : counts[3],
            way: isRoot ? "EstimateHunt" : "clients()"
        )
    }

    private func asked(_ condition: HuntCondition, _ spans: [Int64]) async throws(MegaraptorError) -> [Int64] {
        var counts: [Int64] = []
        for span in spans {
            var request = Proto_HuntEstimateRequest()
            request.condition = condition.message
            request.lastActive = UInt64(span)
            let answer = try await client.unary("EstimateHunt", request, as: Proto_HuntStats.self, timeout: timeout)
            counts.append(Int64(clamping: answer.totalClientsScheduled))
        }
        return counts
    }

    private func counted(_ condition: HuntCondition, _ spans: [Int64]) async throws(MegaraptorError) -> [Int64] {
        let filter = condition.system == nil ? "" : " WHERE os_info.system = System"
        let rows = try await client.rows(
            VQLQuery(
                "SELECT os_info.system AS os, labels, last_seen_at FROM clients()\(filter)",
                condition.system.map { [VQLQuery.Variable("System", $0)] } ?? [],
                effect: .reads,
                organization: organization,
                timeout: timeout,
                rowLimit: Self.mostClients
            )
        )
        guard !rows.isCapped else {
            throw MegaraptorError(
                .resourceExhausted,
                "The organisation has more than \(Self.mostClients) clients: they were not counted.",
                hint: "Count with run_vql: SELECT count() FROM clients() GROUP BY 1."
            )
        }
        let matching = rows.values.filter { row in
            let labels = (row["labels"]?.arrayValue ?? []).compactMap(\.stringValue)
            return condition.accepts(system: row["os"]?.stringValue, labels: labels)
        }
        let now = Int64(clamping: rows.serverTime)
        return spans.map { span in
            Int64(matching.count { span == 0 || now - (Moment.number($0["last_seen_at"]) ?? 0) <= span * 1_000_000 })
        }
    }
}
