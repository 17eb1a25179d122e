// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VelociraptorLab

/// A collection that has ended, and how to ask for what it gave.
struct Collected {
    var client: String
    var flow: String
    var connection: LabClient

    func rows(_ result: String) async throws -> [JSONValue] {
        try await ask("SELECT * FROM source(client_id=C, flow_id=F, artifact=R)", ["R": result])
    }

    func uploads() async throws -> [JSONValue] { try await ask("SELECT * FROM uploads(client_id=C, flow_id=F)") }

    func state() async throws -> JSONValue {
        let rows = try await ask("SELECT get_flow(client_id=C, flow_id=F) AS f FROM scope()")
        return try #require(rows.first?["f"])
    }

    private func ask(_ vql: String, _ more: [String: String] = [:]) async throws -> [JSONValue] {
        let names = ["C": client, "F": flow].merging(more) { first, _ in first }
        return try await connection.query(vql, env: names).rows
    }
}

extension LabClient {
    func clientID(_ host: String) async throws -> String {
        let rows = try await query("SELECT client_id FROM clients(search='host:' + H)", env: ["H": host]).rows
        return try #require(rows.first?["client_id"]?.stringValue)
    }

    /// Collects an artifact with parameters; on a lab whose collections take no time it has ended afterwards.
    func collect(_ artifact: String, on host: String, _ parameters: JSONObject = [:]) async throws -> Collected {
        let client = try await clientID(host)
        let made = try await query(
            "SELECT collect_client(client_id=C, artifacts=A, env=parse_json(data=P)) AS f FROM scope()",
            env: ["C": client, "A": artifact, "P": JSONValue.object(parameters).json()]
        )
        let flow = try #require(try made.rows.first?["f"]?["flow_id"]?.stringValue, "\(made.log)")
        return Collected(client: client, flow: flow, connection: self)
    }
}
