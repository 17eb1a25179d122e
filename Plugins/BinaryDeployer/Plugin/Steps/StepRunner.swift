// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import MegaraptorErrors
import MegaraptorPluginKit

/// Does one step. Each finds out first whether its effect is there.
struct StepRunner {
    let site: Site
    let context: CallContext

    var layout: InstallLayout { site.layout }

    func run(_ step: DeploymentPlan.Step) async throws(MegaraptorError) -> StepOutcome {
        guard let name = StepName(rawValue: step.id) else {
            throw MegaraptorError(.invalidArgument, "The binary deployer has no step \"\(step.id)\".")
        }
        let message = try await perform(name, step.details ?? [:])
        return try await outcome(message)
    }

    func outcome(_ message: String) async throws(MegaraptorError) -> StepOutcome {
        let marker = try await site.marker()
        let facts = try await site.facts()
        return StepOutcome(
            state: try site.state(marker),
            resources: site.resources(marker, facts),
            message: message
        )
    }

    private func perform(_ name: StepName, _ details: JSONValue) async throws(MegaraptorError) -> String {
        switch name {
        case .marker: try await mark()
        case .account: try await makeAccount()
        case .folders: try await makeFolders()
        case .program: try await putProgram()
        case .configuration, .renew: try await putConfiguration()
        case .unit: try await putUnit()
        case .firewall: try await openFirewall()
        case .start: try await start()
        case .ready: try await awaitReady()
        case .takeOver: try await takeOver(details)
        case .restart: try await restart(details)
        case .stage: try await stageProgram()
        case .switchProgram: try await switchProgram(details)
        case .switchBack: try await switchBack(details)
        case .stop, .removeUnit, .removeFirewall, .removeFiles, .removeData, .removeAccount, .removeMarker:
            throw MegaraptorError(.invalidArgument, "The step \(name.rawValue) belongs to a removal.")
        }
    }
}
