// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors
import MegaraptorPluginKit

/// How an agent gets onto one of a rollout's machines.
struct InstallWork: Sendable {
    let work: RolloutRun.Work
    /// To be taken out of what machines say.
    let secrets: [String]
    /// What whoever reads the answer ought to know.
    var notes: [String] = []

    init(_ plan: InstallPlan, _ core: AgentsCore, stop: StopFlag, _ context: CallContext) async throws(MegaraptorError)
    {
        switch plan.record.login {
        case .ssh(let login):
            let installation = try AgentInstallation(
                plan.enrolment,
                system: plan.system,
                program: plan.program,
                stop: stop
            )
            let access = try await login.access.opened(context)
            secrets = access.secrets + installation.identity.secrets
            work = MachineReach(access: access, folder: core.remoteFolder).work(
                fits: { kind throws(MegaraptorError) in try installation.check(kind) },
                { host, machine throws(MegaraptorError) in try await installation(&host, on: machine) }
            )
        case .winrm(let login):
            let installation = try WindowsInstallation(plan.enrolment, program: plan.program, stop: stop)
            let access = try await login.opened(context)
            secrets = access.secrets + installation.identity.secrets
            notes = access.notes
            work = { host, _ throws(MegaraptorError) in
                try await access.with(host.target) { machine throws(MegaraptorError) in
                    try await installation(&host, on: machine)
                }
            }
        }
    }
}
