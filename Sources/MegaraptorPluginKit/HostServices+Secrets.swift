// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// What may be told of a secret that is kept.
public struct KeptSecret: Sendable, Hashable {
    public let name: String
    /// `password`, `token`, `ssh_key` or `text`.
    public let type: String
    /// When it was kept first and when last, in ISO 8601.
    public let created: String
    public let changed: String
}

extension HostServices {
    /// Keeps a secret. The plugin's manifest must name it under `permissions: keeps_secrets:`.
    ///
    /// From here on the host takes the value out of whatever the plugin says.
    ///
    /// - Parameters:
    ///   - type: `password`, `token`, `ssh_key` or `text`.
    ///   - replacing: whether what has this name already may be replaced.
    /// - Throws: `conflict` where there is one of this name and it may not be replaced.
    public func keep(
        secret name: String,
        type: String,
        _ value: [UInt8],
        replacing: Bool = false
    ) async throws(MegaraptorError) {
        _ = try await request(
            "secrets/put",
            [
                "name": .string(name), "type": .string(type), "value": .string(Base64.encode(value)), "base64": true,
                "replace": .bool(replacing),
            ]
        )
    }

    /// Removes a secret that the plugin may keep.
    ///
    /// - Throws: `not_found` where there is none.
    public func remove(secret name: String) async throws(MegaraptorError) {
        _ = try await request("secrets/delete", ["name": .string(name)])
    }

    /// The secrets that the plugin may keep, by name; never their values.
    public func keptSecrets() async throws(MegaraptorError) -> [KeptSecret] {
        let answer = try await request("secrets/list")
        return (answer["secrets"]?.arrayValue ?? []).map { entry in
            KeptSecret(
                name: entry["name"]?.stringValue ?? "",
                type: entry["type"]?.stringValue ?? "",
                created: entry["created"]?.stringValue ?? "",
                changed: entry["changed"]?.stringValue ?? ""
            )
        }
    }
}
