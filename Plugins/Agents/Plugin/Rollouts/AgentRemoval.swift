// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Takes a deployment's agent off a machine.
struct AgentRemoval: Sendable {
    let deployment: String
    let identity: AgentIdentity
    /// Whether the agent's own key goes, too: installed again, the machine is a new client.
    let wipes: Bool
    /// Whether it is done, and not only shown.
    let isConfirmed: Bool
    let stop: StopFlag

    init(
        _ enrolment: Enrolment,
        wipes: Bool,
        isConfirmed: Bool,
        stop: StopFlag
    ) throws(MegaraptorError) {
        identity = try AgentIdentity(enrolment)
        deployment = enrolment.deploymentID
        self.wipes = wipes
        self.isConfirmed = isConfirmed
        self.stop = stop
    }
}

extension HostRecord {
    /// - Parameter keys: what a former agent left.
    mutating func hasNoAgent(keys: [String]) {
        status = .unchanged
        reason =
            "No agent is installed."
            + (keys.isEmpty ? "" : " A former one's \(keys.joined(separator: ", ")) stays: nothing says whose it was.")
    }

    mutating func wouldLose(_ parts: [String]) {
        status = .wouldRemove
        changes = parts
    }
}
