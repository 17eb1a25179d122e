// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What of a machine belongs to a deployment: a file in its folder of settings, and the state that the core keeps.
///
/// Each thing is written down here before it is made, so that whatever is there after an interruption is in it. Nothing
/// that is not in it is ever changed or removed.
struct DeploymentMarker: Codable, Sendable, Hashable {
    /// A rule in a firewall that we added.
    struct FirewallRule: Codable, Sendable, Hashable {
        /// `ufw` or `firewalld`.
        var tool: String
        var port: Int
    }

    var format = 1
    var deployment: String
    var labels: [String: String]
    var host: String
    /// By path: SHA-256 of what we put there.
    var files: [String: String] = [:]
    /// Made by us.
    var folders: [String] = []
    /// The account, if we made it.
    var account: String?
    var firewall: [FirewallRule] = []
    /// The version of the program in place, and of the one before it.
    var version: String?
    var previousVersion: String?

    init(deployment: String, labels: [String: String], host: String) {
        self.deployment = deployment
        self.labels = labels
        self.host = host
    }

    init(json: JSONValue) throws { self = try JSONValueDecoder().decode(from: json) }

    init(text: String) throws { try self.init(json: JSONValue(json: text)) }

    var json: JSONValue {
        get throws { try JSONValueEncoder().encode(self) }
    }
}
