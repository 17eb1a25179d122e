// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Brings agents onto machines and finds out whether the server has seen them.
struct InstallRollout: Sendable {
    let core: AgentsCore
    let context: CallContext

    /// - Returns: the rollout as its call answers.
    func callAsFunction(_ wish: InstallWish) async throws(MegaraptorError) -> JSONObject {
        let began = UnixTime.milliseconds
        var plan = try await InstallPlan(wish, core, context)
        defer { plan.lock.release() }
        let stop = StopFlag()
        let work = try await RolloutWork(plan, core, stop: stop, context)
        let open = Self.open(&plan.record, retriesFailed: wish.retryFailed ?? false)
        let journal = RolloutJournal(plan.record, store: plan.store, stop: stop) { done, all, words in
            context.progress(Double(done), of: Double(all), words)
        }
        try await journal.begin(steps: open.count + plan.record.hosts.count { $0.enrolled != true })

        let run = RolloutRun(
            queue: HostQueue(width: wish.concurrency ?? 10, stop: stop),
            tag: ".megaraptor-\(plan.record.id)-",
            redact: Redaction(work.secrets),
            work: { host, tag throws(MegaraptorError) in
                host.since = began
                try await work.work(&host, tag)
            }
        )
        await run(open, begin: { await journal.begin($0) }, settle: { await journal.settle($0, $1) })
        let watch = EnrolmentWatch(
            queries: core.queries(plan.enrolment, for: context),
            labels: wish.labels ?? plan.record.labels,
            seconds: wish.verifySeconds ?? 60,
            stop: stop
        )
        await EnrolmentCheck(journal: journal, watch: watch)()
        return try await journal.end(stop.isSet ? .cancelled : .done).told(work.notes)
    }

    /// Those that are to be done, which wait from now on.
    private static func open(
        _ record: inout RolloutRecord,
        retriesFailed: Bool
    ) -> [(index: Int, target: MachineTarget)] {
        var open: [(index: Int, target: MachineTarget)] = []
        for (index, host) in record.hosts.enumerated() {
            if host.status.isDone || (host.status == .failed && !retriesFailed) { continue }
            record.hosts[index] = HostRecord(host.target)
            open.append((index, host.target))
        }
        return open
    }
}
