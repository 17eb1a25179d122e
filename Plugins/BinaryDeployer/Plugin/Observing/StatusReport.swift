// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import LinuxServer
import Machines
import MegaraptorErrors

/// How a deployment is now, and what of it is not as it was left.
struct StatusReport {
    let site: Site

    private var layout: InstallLayout { site.layout }

    func status() async throws(MegaraptorError) -> DeployedStatus {
        let facts = try await site.facts()
        guard let marker = try await site.marker() else {
            return DeployedStatus(.missing, "There is nothing of this deployment on \(site.machine.name).")
        }
        guard !marker.files.isEmpty else {
            return DeployedStatus(
                .missing,
                "Only what was kept of this deployment is on \(site.machine.name).",
                resources: site.resources(marker, facts)
            )
        }
        let wanting = try await Readiness(site: site).missing(facts)
        let condition = condition(facts, wanting)
        return DeployedStatus(
            condition,
            summary(condition, facts, wanting),
            startedAt: facts.startedAt,
            version: marker.version,
            checks: checks(facts, wanting),
            resources: site.resources(marker, facts),
            drift: drift(marker, facts)
        )
    }

    private func condition(_ facts: MachineFacts, _ wanting: String?) -> DeployedStatus.Condition {
        switch facts.unitState {
        case "active": wanting == nil ? .running : .degraded
        case "activating", "reloading": .starting
        case "failed": .degraded
        default: .stopped
        }
    }

    private func summary(_ condition: DeployedStatus.Condition, _ facts: MachineFacts, _ wanting: String?) -> String {
        let unit = "\(layout.unitName) on \(site.machine.name)"
        return switch condition {
        case .running: "\(unit) runs and answers."
        case .degraded: "\(unit) is \(facts.unitState). \(wanting ?? "")"
        case .starting: "\(unit) is starting."
        default: "\(unit) does not run."
        }
    }

    private func checks(_ facts: MachineFacts, _ wanting: String?) -> [DeploymentCheck] {
        let space = facts.freeKilobytes
        return [
            DeploymentCheck(
                "service.active",
                facts.isActive ? .ok : .failed,
                "systemd says: \(facts.unitState.isEmpty ? "nothing" : facts.unitState)."
            ),
            DeploymentCheck(
                "service.enabled",
                facts.isEnabled ? .ok : .failed,
                facts.isEnabled ? "It starts with the machine." : "It does not start with the machine."
            ),
            DeploymentCheck(
                "server.answers",
                wanting == nil ? .ok : .failed,
                wanting ?? "All ports are open, and the server shows our certificate."
            ),
            DeploymentCheck(
                "disk.space",
                space.map { $0 < 300 << 10 ? .failed : $0 < 1 << 20 ? .warning : .ok } ?? .unknown,
                space.map { "\($0 >> 10) MB are free at \(layout.datastore)." } ?? "It could not be found out."
            ),
        ]
    }

    private func drift(_ marker: DeploymentMarker, _ facts: MachineFacts) -> [String] {
        var drift: [String] = []
        for path in marker.files.keys.sorted() where site.watched.contains(path) {
            guard let there = facts.digest(path) else {
                drift.append("\(path) is missing.")
                continue
            }
            if there != marker.files[path] { drift.append("\(path) was changed by somebody else.") }
        }
        for folder in marker.folders where !facts.hasFolder(folder) { drift.append("\(folder) is missing.") }
        if !facts.hasAccount { drift.append("The account \(layout.user) is missing.") }
        if !facts.isEnabled { drift.append("\(layout.unitName) is not enabled.") }
        if let wanted = site.deployment.binary?.sha256, let there = marker.files[layout.binary], there != wanted {
            drift.append("\(layout.binary) is another program than the deployment names.")
        }
        return drift
    }
}
