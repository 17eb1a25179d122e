// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// How a machine is, as Azure's instance view tells.
struct MachineView: Sendable {
    /// `running`, `starting`, `stopped`, `deallocated` and their like.
    let power: String
    /// `succeeded`, `updating`, `failed`.
    let provisioning: String
    /// Azure's code for why it failed, such as `AllocationFailed`.
    let reason: String?
    /// When Azure last finished something with it, such as a start.
    let changedAt: String?
    /// What the agent on it says of itself; `nil` where it says nothing.
    let agent: String?

    init(_ json: JSONValue) {
        let statuses = json["statuses"]?.arrayValue ?? []
        func status(_ kind: String) -> JSONValue? {
            statuses.first { $0["code"]?.stringValue?.lowercased().hasPrefix(kind.lowercased() + "/") == true }
        }
        /// `ProvisioningState/failed/AllocationFailed`: the kind, the state, and for a failure its code.
        func words(_ kind: String) -> [String] {
            (status(kind)?["code"]?.stringValue ?? "").split(separator: "/").dropFirst().map(String.init)
        }
        power = words("PowerState").first?.lowercased() ?? "unknown"
        provisioning = words("ProvisioningState").first?.lowercased() ?? "unknown"
        reason = words("ProvisioningState").dropFirst().first
        changedAt = status("ProvisioningState")?["time"]?.stringValue
        agent = json["vmAgent"]?["statuses"]?.arrayValue?.first?["displayStatus"]?.stringValue
    }

    /// The state, with the reason where there is one.
    var outcome: String { provisioning + (reason.map { " (\($0))" } ?? "") }
    /// Whether the agent on it reports that it works.
    var isReady: Bool { agent == "Ready" }
    var isBusy: Bool { !["succeeded", "failed", "canceled"].contains(provisioning) }
}
