// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors
import MegaraptorPluginKit
import SSHTransport

/// Installs Velociraptor servers on Linux machines with systemd.
struct BinaryDeployer: Deployer {
    let name = "binary"
    let title = "Linux machine (SSH or this one)"
    let description =
        "Installs the server program as a hardened systemd service on a Linux machine, by SSH or on this machine itself."
        + " Good for production; upgrades go back by themselves when the new program does not come up."
    let options = BinaryOptions.schema
    let exports = ["systemd"]
    /// Of scripts on this machine.
    let localEnvironment: [String: String]

    init(localEnvironment: [String: String] = LocalMachine.usualEnvironment) {
        self.localEnvironment = localEnvironment
    }

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        guard options["target_host"] != nil else {
            // Which machine is meant is said with each deployment.
            return Usability(usable: true, reasons: ["Which machine it reaches is only known with target_host."])
        }
        do {
            return try await withMachine(try BinaryOptions(options), context) { machine, elevation in
                let result = try await machine.run(try elevation.raised(Script("uname -srm")))
                return Usability(
                    usable: true,
                    facts: ["machine": machine.name, "system": result.lines.first ?? "unknown"]
                )
            }
        } catch let error as MegaraptorError where error.code != .cancelled {
            return Usability(usable: false, reasons: ["\(error.message) \(error.hint)"])
        }
    }

    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        let options = try BinaryOptions(request.options)
        let problems = Validation.problems(request.deployment, options)
        do {
            return problems + (try await withSite(request, context) { try await Validation(site: $0).problems() })
        } catch let error as MegaraptorError where error.code != .cancelled {
            return problems + [
                DeploymentProblem(.error, field: "target_host", error.message, hint: error.hint)
            ]
        }
    }

    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan {
        try await withSite(request, context) { try await Planner(site: $0).plan(operation) }
    }

    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await withSite(request, context) { try await StepRunner(site: $0, context: context).run(step) }
    }

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        try await withSite(request, context) { try await Remover(site: $0).plan(data: data) }
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        try await withSite(request, context) { try await Remover(site: $0).run(step) }
    }

    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        do {
            return try await withSite(request, context) { try await StatusReport(site: $0).status() }
        } catch let error as MegaraptorError where error.code != .cancelled && error.code != .conflict {
            return DeployedStatus(.unknown, "\(error.message) \(error.hint)")
        }
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        try await withSite(request, context) { site in
            // One more tells whether there are earlier ones.
            let found = try await ServerLog(site: site).lines(lines + 1)
            return DeploymentLogs(lines: Array(found.suffix(lines)), isCut: found.count > lines)
        }
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        try await withSite(request, context) { try await Recovery(site: $0).look() }
    }

    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        let layout = try BinaryOptions(request.options).layout
        return [
            ExportedFile(name: layout.unitName, text: UnitFile(deployment: request.deployment, layout: layout).text)
        ]
    }
}
