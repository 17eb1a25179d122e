// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
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

    /// To be taken out of what machines say.
    var secrets: [String] { [nonce].compactMap(\.self) }

    /// That of the agents which are rolled out.
    init(_ enrolment: Enrolment) throws(MegaraptorError) {
        guard let identity = AgentIdentity(config: enrolment.clientConfig) else {
            throw MegaraptorError(.internal, "The deployment's configuration for agents cannot be understood.")
        }
        self = identity
    }

    func isSame(_ other: AgentIdentity) -> Bool {
        (authority != nil && authority == other.authority) || (nonce != nil && nonce == other.nonce)
    }

    /// Whether a configuration can be read and speaks of no agent at all, as that which an MSI lays there before it is
    /// told of a server. What cannot be read may be somebody's.
    static func isNobodys(_ config: [UInt8]) -> Bool {
        guard let document = try? YAMLDocument.parse(config, file: "client.config.yaml") else { return false }
        return document.json["Client"] == nil
    }

    /// An agent of another server is somebody's: replaced, it would be gone for them without a word.
    static func foreign(_ machine: String, _ deployment: String) -> MegaraptorError {
        MegaraptorError(
            .conflict,
            "\(machine) has an agent of another server than \(deployment)'s. It was left as it is.",
            hint: "Remove that one first, \(byWhom)."
        )
    }

    /// What is to be removed must be known to be this deployment's.
    static func unclaimed(_ machine: String) -> MegaraptorError {
        MegaraptorError(
            .conflict,
            "On \(machine) an agent has no configuration, so nothing says whose it is. It was left as it is.",
            hint: "Remove it \(byWhom)."
        )
    }

    private static let byWhom = "with its own deployment's id, or by hand if nobody needs it"
}
