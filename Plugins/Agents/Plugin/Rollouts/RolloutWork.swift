// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors
import MegaraptorPluginKit

/// What a rollout does on one of its machines, however that is reached.
struct RolloutWork: Sendable {
    let work: RolloutRun.Work
    /// To be taken out of what machines say.
    let secrets: [String]
    /// What whoever reads the answer ought to know.
    var notes: [String] = []

    /// Brings an agent onto it.
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
            self.init(
                access,
                core,
                installation.identity,
                fits: { kind throws(MegaraptorError) in try installation.check(kind) },
                { host, machine throws(MegaraptorError) in try await installation(&host, on: machine) }
            )
        case .winrm(let login):
            let installation = try WindowsInstallation(plan.enrolment, program: plan.program, stop: stop)
            self.init(try await login.opened(context), installation.identity) { host, machine throws(MegaraptorError) in
                try await installation(&host, on: machine)
            }
        }
    }

    /// Takes an agent off it.
    init(
        _ removal: AgentRemoval,
        _ login: RolloutLogin,
        _ core: AgentsCore,
        _ context: CallContext
    ) async throws(MegaraptorError) {
        switch login {
        case .ssh(let login):
            let access = try await login.access.opened(context)
            self.init(
                access,
                core,
                removal.identity,
                fits: { _ in },
                { host, machine throws(MegaraptorError) in try await removal(&host, on: machine) }
            )
        case .winrm(let login):
            self.init(try await login.opened(context), removal.identity) { host, machine throws(MegaraptorError) in
                try await removal(&host, on: machine)
            }
        }
    }

    private init(
        _ access: OpenedAccess,
        _ core: AgentsCore,
        _ identity: AgentIdentity,
        fits: @escaping @Sendable (MachineKind) throws(MegaraptorError) -> Void,
        _ body: @escaping @Sendable (inout HostRecord, AgentMachine) async throws(MegaraptorError) -> Void
    ) {
        secrets = access.secrets + identity.secrets
        work = MachineReach(access: access, folder: core.remoteFolder).work(fits: fits, body)
    }

    private init(
        _ access: WinRMAccess,
        _ identity: AgentIdentity,
        _ body: @escaping @Sendable (inout HostRecord, WindowsMachine) async throws(MegaraptorError) -> Void
    ) {
        secrets = access.secrets + identity.secrets
        notes = access.notes
        work = { host, _ throws(MegaraptorError) in
            try await access.with(host.target) { machine throws(MegaraptorError) in try await body(&host, machine) }
        }
    }
}
