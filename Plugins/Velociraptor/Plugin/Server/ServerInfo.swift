// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Tells which server this is and what the API key may do there. Nothing secret: no nonce, no certificates.
public struct ServerInfo: Sendable {
    let client: VelociraptorClient

    public init(client: VelociraptorClient) {
        self.client = client
    }

    /// `{address, name, version, …, user, roles, permissions, note?}`; roles and permissions are null where the key may not ask.
    public func callAsFunction(timeout: Duration = .seconds(30)) async throws(MegaraptorError) -> JSONObject {
        let rows = try await client.rows(
            VQLQuery("SELECT config.version AS version, whoami() AS me FROM scope()", effect: .reads, timeout: timeout)
        )
        let version = rows.values.first?["version"]
        var info: JSONObject = [
            "address": .string(try await client.connect().configuration.target),
            "name": version?["name"] ?? .null,
            "version": version?["version"] ?? .null,
            "system": version?["system"] ?? .null,
            "architecture": version?["architecture"] ?? .null,
            "server_time": Self.time(rows.serverTime),
            "user": rows.values.first?["me"] ?? .null,
        ]
        try await addRights(to: &info, timeout)
        return info
    }

    private func addRights(to info: inout JSONObject, _ timeout: Duration) async throws(MegaraptorError) {
        info["roles"] = .null
        info["permissions"] = .null
        do {
            let rows = try await client.rows(
                VQLQuery("SELECT user(user=whoami()) AS user FROM scope()", effect: .reads, timeout: timeout)
            )
            let user = rows.values.first?["user"]
            info["roles"] = user?["roles"] ?? .null
            let policy = user?["effective_policy"]?.objectValue ?? [:]
            info["permissions"] = .array(policy.filter { $0.value == true }.map { .string($0.key.uppercased()) })
        } catch {
            guard error.code == .permissionDenied else { throw error }
            info["note"] = "This key may not ask for its own roles."
        }
    }

    private static func time(_ microseconds: UInt64) -> JSONValue {
        guard let time = Int64(exactly: microseconds), time > 0 else { return .null }
        return .string(ISO8601.string(unixMicroseconds: time, fraction: .milliseconds))
    }
}
