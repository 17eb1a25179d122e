// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors

extension WindowsInstallation {
    /// Refuses what must not or cannot be changed, before anything is.
    func check(_ facts: WindowsFacts, _ machine: WindowsMachine) throws(MegaraptorError) {
        try facts.requireAdministrator(machine)
        let fits = ["AMD64": ["amd64", "386"], "ARM64": ["amd64", "386", "arm64"], "x86": ["386"]][facts.processor]
        if let fits, let architecture = program.architecture, !fits.contains(architecture) {
            throw MegaraptorError(
                .failedPrecondition,
                "\(machine.name) has the processor \(facts.processor), and \(program.path) is for \(architecture).",
                hint: "Give the program for it in a call of its own. Nothing was changed there."
            )
        }
        try refuseForeign(facts, machine)
        let other = bundle.isInstaller ? facts.programConfig : facts.installerConfig
        guard other == nil || !facts.hasService || facts.config(isInstaller: bundle.isInstaller) != other else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(machine.name) has an agent that was installed \(bundle.isInstaller ? "without" : "by") the MSI.",
                hint: "Give the program of the same kind, or remove the agent there first. Nothing was changed."
            )
        }
    }

    private func refuseForeign(_ facts: WindowsFacts, _ machine: WindowsMachine) throws(MegaraptorError) {
        guard let bytes = facts.config(isInstaller: bundle.isInstaller), !AgentIdentity.isNobodys(bytes) else { return }
        if AgentIdentity(config: String(decoding: bytes, as: UTF8.self))?.isSame(identity) == true { return }
        throw AgentIdentity.foreign(machine.name, deployment)
    }
}
