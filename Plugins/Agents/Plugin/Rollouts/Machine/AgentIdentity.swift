// SPDX-License-Identifier: Apache-2.0

import JSONValue
import YAMLSource

/// Whose an agent is, by its configuration: of the deployment whose authority it trusts, or whose nonce it has, as a
/// deployment may get a new authority. Addresses do not count, since one server often follows another at the same.
struct AgentIdentity: Sendable, Hashable {
    let authority: String?
    let nonce: String?

    /// `nil` for what is no configuration of an agent.
    init?(config: String) {
        guard let client = (try? YAMLDocument.parse(config, file: "client.config.yaml"))?.json["Client"],
            client.objectValue != nil
        else { return nil }
        func text(_ key: String) -> String? {
            let text = client[key]?.stringValue?.filter { !$0.isWhitespace } ?? ""
            return text.isEmpty ? nil : text
        }
        authority = text("ca_certificate")
        nonce = text("nonce")
    }

    /// Whether it says of any server at all.
    var isSomebodys: Bool { authority != nil || nonce != nil }

    func isSame(_ other: AgentIdentity) -> Bool {
        (authority != nil && authority == other.authority) || (nonce != nil && nonce == other.nonce)
    }
}
