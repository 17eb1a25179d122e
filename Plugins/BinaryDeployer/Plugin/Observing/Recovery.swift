// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import LinuxServer
import Machines
import MegaraptorErrors

/// Finds by the marker what there is of a deployment.
struct Recovery {
    let site: Site

    private var layout: InstallLayout { site.layout }

    func look() async throws(MegaraptorError) -> RecoveredState {
        guard let marker = try await site.marker() else {
            return RecoveredState(
                state: nil,
                resources: [],
                done: [],
                message: "There is nothing of this deployment on \(site.machine.name)."
            )
        }
        let facts = try await site.facts()
        let done = try await done(marker, facts)
        return RecoveredState(
            state: try site.state(marker),
            resources: site.resources(marker, facts),
            done: done.map(\.rawValue),
            message: "\(site.machine.name) bears this deployment's mark; \(done.count) steps of its creation are done."
        )
    }

    private func done(_ marker: DeploymentMarker, _ facts: MachineFacts) async throws(MegaraptorError) -> [StepName] {
        var done: [StepName] = [.marker]
        func add(_ name: StepName, _ isDone: Bool) { if isDone { done.append(name) } }
        func isWhole(_ path: String) -> Bool { facts.digest(path) != nil && facts.digest(path) == marker.files[path] }
        add(.account, facts.hasAccount)
        add(.folders, facts.hasFolder(layout.datastore) && facts.hasFolder(layout.logs))
        add(.program, isWhole(layout.binary))
        add(.configuration, isWhole(layout.config))
        add(.unit, isWhole(layout.unit) && facts.isEnabled)
        if site.options.openFirewall == true { add(.firewall, facts.firewall?.letsAgentsThrough ?? true) }
        add(.start, facts.isActive)
        if facts.isActive { add(.ready, try await Readiness(site: site).missing(facts) == nil) }
        return done
    }
}
