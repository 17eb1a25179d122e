// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Glibc
import LinuxServer
import Machines
import MegaraptorErrors

/// What stands against a deployment on a machine that could be reached.
struct Validation {
    let site: Site

    private var layout: InstallLayout { site.layout }

    /// What can be told without the machine.
    static func problems(_ deployment: DeploymentSpecification, _ options: BinaryOptions) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        let layout = options.layout
        for path in layout.hidden {
            problems.append(
                DeploymentProblem(
                    .error,
                    "\(path) cannot be used: the server's unit hides that folder from it.",
                    hint: "Choose a path outside the homes and the temporary folders."
                )
            )
        }
        let folders = [layout.configFolder, layout.datastore, layout.logs, layout.unitFolder, layout.binary]
        for (index, one) in folders.enumerated() {
            for (other, two) in folders.enumerated() where index != other && "\(one)/".hasPrefix("\(two)/") {
                problems.append(
                    DeploymentProblem(
                        .error,
                        "\(one) lies within \(two).",
                        hint: "Give settings, data, logs, unit and program places of their own."
                    )
                )
            }
        }
        if deployment.binary == nil {
            problems.append(
                DeploymentProblem(
                    .error,
                    field: "binary",
                    "There is no server program to upload.",
                    hint: "Name a version."
                )
            )
        }
        return problems
    }

    func problems() async throws(MegaraptorError) -> [DeploymentProblem] {
        let facts = try await site.facts()
        var problems = machine(facts) + program(facts) + resources(facts)
        let marker: DeploymentMarker?
        do throws(MegaraptorError) {
            marker = try await site.marker()
        } catch {
            guard error.code == .conflict else { throw error }
            return problems + [DeploymentProblem(.error, field: "instance", error.message, hint: error.hint)]
        }
        if marker == nil { problems += foreign(facts) }
        if !facts.isActive || marker == nil { problems += ports(facts) }
        return problems
    }

    private func machine(_ facts: MachineFacts) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        let name = site.machine.name
        if facts.system != "Linux" {
            problems.append(.init(.error, field: "target_host", "\(name) runs \(facts.system), not Linux."))
        }
        if facts.systemd.isEmpty {
            problems.append(
                .init(
                    .error,
                    field: "target_host",
                    "\(name) is not run by systemd.",
                    hint: "Use a machine with systemd, or the docker deployer."
                )
            )
        }
        if !facts.missingTools.isEmpty {
            let tools = facts.missingTools.joined(separator: ", ")
            problems.append(.init(.error, field: "target_host", "\(name) has no \(tools).", hint: "Install them."))
        }
        if let there = facts.time, abs(there - Int64(time(nil))) > 60 {
            problems.append(
                .init(
                    .warning,
                    "The clock of \(name) is \(abs(there - Int64(time(nil)))) seconds off this machine's.",
                    hint: "Certificates and evidence need right times: let NTP set both clocks."
                )
            )
        }
        return problems
    }

    private func program(_ facts: MachineFacts) -> [DeploymentProblem] {
        guard let made = site.deployment.binary?.architecture, made != facts.processor else { return [] }
        return [
            .init(
                .error,
                field: "binary",
                "The program is for \(made), the machine is \(facts.processor).",
                hint: "Take the release for the machine's processor."
            )
        ]
    }

    private func resources(_ facts: MachineFacts) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        if let free = facts.freeKilobytes, free < 1 << 20 {
            problems.append(
                .init(
                    free < 300 << 10 ? .error : .warning,
                    field: "datastore",
                    "Only \(free >> 10) MB are free where \(layout.datastore) will be.",
                    hint: "Evidence needs room: choose a larger disk."
                )
            )
        }
        if let firewall = facts.firewall, !firewall.letsAgentsThrough, site.options.openFirewall != true {
            problems.append(
                .init(
                    .warning,
                    field: "open_firewall",
                    "\(firewall.tool) lets no agent through to port \(site.deployment.frontend.port).",
                    hint: "Set open_firewall, or add the rule yourself."
                )
            )
        }
        return problems
    }

    private func foreign(_ facts: MachineFacts) -> [DeploymentProblem] {
        guard let path = Planner(site: site).firstForeign(facts) else { return [] }
        let error = site.foreign(path)
        return [.init(.error, field: "instance", error.message, hint: error.hint)]
    }

    private func ports(_ facts: MachineFacts) -> [DeploymentProblem] {
        let deployment = site.deployment
        let wanted = [
            ("frontend", deployment.frontend.port), ("gui", deployment.gui.port), ("api", deployment.api.port),
            ("monitoring_port", deployment.monitoringPort),
        ]
        return wanted.filter { facts.listening.contains($0.1) }.map { field, port in
            .init(
                .error,
                field: field,
                "Port \(port) of \(site.machine.name) is taken.",
                hint: "Choose another port, or end what listens there."
            )
        }
    }
}
