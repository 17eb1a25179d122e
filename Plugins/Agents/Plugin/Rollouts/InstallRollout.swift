// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Machines
import MegaraptorErrors
import MegaraptorPluginKit

/// Brings agents onto machines and finds out whether the server has seen them.
struct InstallRollout: Sendable {
    let core: AgentsCore
    let context: CallContext

    func callAsFunction(_ input: InstallInput) async throws(MegaraptorError) -> RolloutRecord {
        let began = UnixTime.milliseconds
        var plan = try await InstallPlan(input, core, context)
        defer { plan.lock.release() }
        let stop = StopFlag()
        let installation = try AgentInstallation(
            plan.enrolment,
            system: plan.system,
            program: plan.program,
            stop: stop
        )
        let access = try await plan.record.login.access.opened(context)
        let open = Self.open(&plan.record, retriesFailed: input.retryFailed ?? false)
        let journal = RolloutJournal(plan.record, store: plan.store, stop: stop) { done, all, words in
            context.progress(Double(done), of: Double(all), words)
        }
        try await journal.begin(steps: open.count + plan.record.hosts.count { $0.enrolled != true })

        let run = RolloutRun(
            reach: MachineReach(access: access, folder: core.remoteFolder),
            queue: HostQueue(width: input.concurrency ?? 10, stop: stop),
            tag: ".megaraptor-\(plan.record.id)-",
            redact: Redaction(access.secrets + [installation.identity.nonce].compactMap(\.self)),
            fits: { kind throws(MegaraptorError) in try installation.check(kind) },
            work: { host, machine throws(MegaraptorError) in
                host.since = began
                try await installation(&host, on: machine)
            }
        )
        await run(open, begin: { await journal.begin($0) }, settle: { await journal.settle($0, $1) })
        let watch = EnrolmentWatch(
            queries: core.queries(plan.enrolment, for: context),
            labels: input.labels ?? plan.record.labels,
            seconds: input.verifySeconds ?? 60,
            stop: stop
        )
        await EnrolmentCheck(journal: journal, watch: watch)()
        return try await journal.end(stop.isSet ? .cancelled : .done)
    }

    /// Those that are to be done, which wait from now on.
    private static func open(
        _ record: inout RolloutRecord,
        retriesFailed: Bool
    ) -> [(index: Int, target: SSHTarget)] {
        var open: [(index: Int, target: SSHTarget)] = []
        for (index, host) in record.hosts.enumerated() {
            if host.status.isDone || (host.status == .failed && !retriesFailed) { continue }
            record.hosts[index] = HostRecord(host.target)
            open.append((index, host.target))
        }
        return open
    }
}
