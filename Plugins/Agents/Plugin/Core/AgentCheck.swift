// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors
import VelociraptorQuery

/// Which agents have enrolled at a deployed server, and which of them are there now.
struct AgentCheck: Sendable {
    let enrolment: Enrolment
    let queries: VelociraptorQueries

    /// Agents that were not seen for longer count as away. The server's own page uses the same.
    private static let awaySeconds: Int64 = 15 * 60
    private static let most = 10_000

    private static let query = """
        SELECT client_id, os_info.hostname AS hostname, os_info.system AS os, os_info.fqdn AS fqdn, labels, last_seen_at,
               timestamp(epoch=now()).Unix AS server_time
        FROM clients(search=Search) LIMIT 10001
        """

    func callAsFunction(search: String?, labels: [String]) async throws(MegaraptorError) -> JSONObject {
        let rows = try await queries.read(Self.query, ["Search": .string(search ?? "all")])
        let matching = rows.filter { row in
            let own = Set(row["labels"]?.arrayValue?.compactMap { $0.stringValue?.lowercased() } ?? [])
            return labels.allSatisfy { own.contains($0.lowercased()) }
        }
        let now = rows.first?["server_time"]?.integerValue ?? Int64(time(nil))
        let agents = matching.map { Self.agent($0, now) }
        let online = agents.filter { $0["online"] == true }
        let isCut = rows.count > Self.most
        return [
            "deployment_id": .string(enrolment.deploymentID), "total_clients": JSONValue(agents.count),
            "online": JSONValue(online.count), "offline": JSONValue(agents.count - online.count),
            "online_clients": .array(online.prefix(100).map(JSONValue.object)),
            "offline_clients": .array(agents.filter { $0["online"] == false }.prefix(100).map(JSONValue.object)),
            "more_exist": .bool(isCut || agents.count > 200),
            "searched": [
                "server": .string(enrolment.serverURL), "search": .string(search ?? "all"),
                "labels": .array(labels.map(JSONValue.string)), "clients_looked_at": JSONValue(rows.count),
            ],
            "message": .string(Self.sentence(agents.count, rows.count, labels)),
        ]
    }

    private static func agent(_ row: JSONValue, _ now: Int64) -> JSONObject {
        let seen = (row["last_seen_at"]?.integerValue ?? 0) / 1_000_000
        return [
            "client_id": row["client_id"] ?? .null, "hostname": row["hostname"] ?? .null, "os": row["os"] ?? .null,
            "labels": row["labels"] ?? [], "online": .bool(seen > 0 && now - seen < awaySeconds),
            "last_seen": seen > 0 ? .string(ISO8601.string(unixSeconds: seen)) : .null,
            "minutes_since_seen": seen > 0 ? JSONValue((now - seen) / 60) : .null,
        ]
    }

    private static func sentence(_ found: Int, _ lookedAt: Int, _ labels: [String]) -> String {
        if found > 0 { return "\(found) agents have enrolled. Online means seen within 15 minutes." }
        if lookedAt > 0 { return "Of \(lookedAt) agents none bears the labels \(labels.joined(separator: ", "))." }
        return """
            No agent has enrolled that fits. Agents need the client.config.yaml of this very deployment, and must reach \
            its frontend.
            """
    }
}
