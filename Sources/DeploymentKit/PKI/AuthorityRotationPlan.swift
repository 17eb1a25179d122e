// SPDX-License-Identifier: Apache-2.0

public import Certificates

/// What has to be done, by whom and in which order, when a deployment gets a new authority.
///
/// Agents trust the one authority of their configuration. So each of them is out of reach from the server's change until its
/// own; nothing can spare them that, but no data is lost, because they keep what they collect and their client id.
public struct AuthorityRotationPlan: Sendable, Hashable {
    /// In order, one sentence or two each.
    public let steps: [String]

    public init(former: Certificate, new: Certificate, apiClients: [String]) {
        let clients = apiClients.isEmpty ? "There are none now." : "They are: \(apiClients.joined(separator: ", "))."
        steps = [
            "Keep the former server.config.yaml and CA certificate (\(former.subject), SHA-256 "
                + "\(former.fingerprint)): with them the server can be put back as it was until the last step.",
            "Make a new client configuration, which holds the new CA certificate (\(new.subject), SHA-256 "
                + "\(new.fingerprint)) and the same nonce and server URL, and build the agents' packages with it.",
            "Note how many agents were seen in the last day, and have the roll-out ready by a way that does not need "
                + "Velociraptor: SSH, group policy, MDM. After the next step it reaches no agent that has the old file.",
            "Give the server its new server.config.yaml and restart it. From now on agents with the old configuration "
                + "log \"x509: certificate signed by unknown authority\", buffer what they collect, and try again.",
            "Replace client.config.yaml on each machine and restart its agent. Do not touch the writeback file: it holds "
                + "the client id.",
            "Hand out new API client configurations: certificates of the former authority are refused. " + clients,
            "Compare the agents that have been seen since with the number from before, and follow up the missing ones.",
            "When all are back, delete the former CA certificate and its key from the secret store.",
        ]
    }
}
