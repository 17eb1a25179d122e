// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

/// Says what would be done.
struct Planner {
    let site: Site

    private var layout: InstallLayout { site.layout }
    private typealias Step = DeploymentPlan.Step

    func plan(_ operation: DeploymentOperation) async throws(MegaraptorError) -> DeploymentPlan {
        let marker = try await site.marker()
        let facts = try await site.facts()
        if operation == .create {
            if marker == nil, let path = firstForeign(facts) { throw site.foreign(path) }
        } else if marker == nil {
            throw MegaraptorError(
                .failedPrecondition,
                "There is nothing of the deployment \(site.deployment.id) on \(site.machine.name) to \(operation.rawValue).",
                hint: "Create it first, or look with recover_deployment whether it is on another machine."
            )
        }
        return DeploymentPlan(
            steps: try steps(operation, facts),
            changes: changes(operation, facts),
            exposure: exposure,
            warnings: warnings(facts),
            layout: serverLayout
        )
    }

    /// Of what a create makes, something that is there without being anybody's of ours.
    func firstForeign(_ facts: MachineFacts) -> String? {
        [layout.unit, layout.config, layout.binary].first { facts.digest($0) != nil }
            ?? (facts.hasContent(layout.datastore) ? layout.datastore : nil)
    }

    private func steps(
        _ operation: DeploymentOperation,
        _ facts: MachineFacts
    ) throws(MegaraptorError) -> [Step] {
        // By this a step that is done again knows that the server was started anew since.
        let before: JSONValue = ["entered": facts.entered.map(JSONValue.string) ?? .null]
        switch operation {
        case .create: return creation
        case .update:
            return [
                step(.unit, "Write the unit \(layout.unitName)"),
                step(.renew, "Check the new configuration with the program and put it in place, the old one beside it"),
                step(.takeOver, "Start the server anew and wait until it is ready, else go back", before),
            ]
        case .restart:
            return [
                step(.restart, "Start \(layout.unitName) anew", before), step(.ready, "Wait until the server is ready"),
            ]
        case .upgrade:
            _ = try site.program()
            return [
                step(.stage, "Upload the new program and check the configuration with it"),
                step(.switchProgram, "Put it in place, start it and wait until it is ready, else go back", before),
            ]
        case .rollback:
            guard let previous = facts.digest(InstallLayout.previous(layout.binary)) else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "\(site.machine.name) holds no earlier program to go back to.",
                    hint: "Upgrade to the wanted version instead."
                )
            }
            let details: JSONValue = ["sha256": .string(previous), "entered": before["entered"] ?? .null]
            return [step(.switchBack, "Change to the program before the latest upgrade and start it", details)]
        }
    }

    private var creation: [Step] {
        var steps = [
            step(.marker, "Mark the machine as this deployment's in \(layout.marker)"),
            step(.account, "Make the account \(layout.user), unless it is there"),
            step(.folders, "Make the folders for settings, data and logs"),
            step(.program, "Upload the program to \(layout.binary)"),
            step(.configuration, "Check the configuration with the program and put it in place"),
            step(.unit, "Write and enable the unit \(layout.unitName)"),
        ]
        if site.options.openFirewall == true {
            steps.append(step(.firewall, "Let agents through the firewall on port \(site.deployment.frontend.port)"))
        }
        return steps + [
            step(.start, "Start \(layout.unitName)"), step(.ready, "Wait until the server is ready"),
        ]
    }

    private func step(_ name: StepName, _ title: String, _ details: JSONValue? = nil) -> Step {
        Step(name.rawValue, title, details: details)
    }

    private func changes(_ operation: DeploymentOperation, _ facts: MachineFacts) -> [DeploymentPlan.Change] {
        func file(_ path: String) -> DeploymentPlan.Change {
            DeploymentPlan.Change(facts.digest(path) == nil ? .create : .replace, "file", path)
        }
        let service = DeploymentPlan.Change(facts.isActive ? .change : .create, "service", layout.unitName)
        switch operation {
        case .create:
            return [
                DeploymentPlan.Change(facts.hasAccount ? .keep : .create, "account", layout.user), file(layout.binary),
                file(layout.config), file(layout.unit),
                DeploymentPlan.Change(facts.hasFolder(layout.datastore) ? .keep : .create, "folder", layout.datastore),
                DeploymentPlan.Change(facts.hasFolder(layout.logs) ? .keep : .create, "folder", layout.logs), service,
            ]
        case .update: return [file(layout.unit), file(layout.config), service]
        case .restart: return [service]
        case .upgrade, .rollback: return [file(layout.binary), service]
        }
    }

    private func warnings(_ facts: MachineFacts) -> [String] {
        guard let firewall = facts.firewall, !firewall.letsAgentsThrough, site.options.openFirewall != true else {
            return []
        }
        return [
            "\(firewall.tool) on \(site.machine.name) lets no agent through to port \(site.deployment.frontend.port)."
        ]
    }

    private var exposure: [DeploymentPlan.Exposure] {
        let deployment = site.deployment
        return [("agents", deployment.frontend), ("GUI", deployment.gui), ("API", deployment.api)].map { purpose, end in
            DeploymentPlan.Exposure(
                purpose: purpose,
                address: end.address,
                port: end.port,
                reach: reach(end.address)
            )
        }
    }

    private func reach(_ address: String) -> String {
        switch address {
        case "127.0.0.1", "::1": "only \(site.machine.name) itself"
        case "0.0.0.0", "::": "everybody who reaches \(site.machine.name)"
        default: "everybody who reaches \(address)"
        }
    }

    private var serverLayout: ServerLayout {
        let deployment = site.deployment
        return ServerLayout(
            datastore: layout.datastore,
            logs: layout.logs,
            configuration: layout.config,
            runAsUser: layout.user,
            frontend: deployment.frontend,
            gui: deployment.gui,
            api: deployment.api,
            monitoring: .init(address: "127.0.0.1", port: deployment.monitoringPort),
            apiHostname: Readiness.localAddress(of: deployment.api.address)
        )
    }
}
