// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// How a machine is, as Azure's instance view tells.
struct MachineView: Sendable {
    /// `running`, `starting`, `stopped`, `deallocated` and their like.
    let power: String
    /// `succeeded`, `updating`, `failed`.
    let provisioning: String
    /// When Azure last finished something with it, such as a start.
    let changedAt: String?
    /// What the agent on it says of itself; `nil` where it says nothing.
    let agent: String?

    init(_ json: JSONValue) {
        let statuses = json["statuses"]?.arrayValue ?? []
        func status(_ kind: String) -> JSONValue? {
            statuses.first { $0["code"]?.stringValue?.lowercased().hasPrefix(kind.lowercased() + "/") == true }
        }
        func word(_ kind: String) -> String {
            status(kind)?["code"]?.stringValue.map { String($0.dropFirst(kind.count + 1)).lowercased() } ?? "unknown"
        }
        power = word("PowerState")
        provisioning = word("ProvisioningState")
        changedAt = status("ProvisioningState")?["time"]?.stringValue
        agent = json["vmAgent"]?["statuses"]?.arrayValue?.first?["displayStatus"]?.stringValue
    }

    var isBusy: Bool { !["succeeded", "failed", "canceled"].contains(provisioning) }
}
