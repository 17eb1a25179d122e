// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Takes a deployment's agents off machines, or shows what that would take away.
struct RemovalRollout: Sendable {
    let core: AgentsCore
    let context: CallContext

    /// - Returns: the rollout as its call answers.
    func callAsFunction(_ wish: RemovalWish) async throws(MegaraptorError) -> JSONObject {
        let deployment = try DeploymentID(wish.deploymentID)
        let targets = try MachineTarget.all(wish.targets, user: wish.login.user, port: wish.login.port)
        let enrolment = try await core.enrolment(deployment.text, for: context)
        let (stop, isConfirmed) = (StopFlag(), wish.confirm ?? false)
        let removal = try AgentRemoval(enrolment, wipes: wish.wipe ?? false, isConfirmed: isConfirmed, stop: stop)
        let work = try await RolloutWork(removal, wish.login, core, context)
        let id = RolloutID.make()
        let run = RolloutRun(
            queue: HostQueue(width: wish.concurrency ?? 10, stop: stop),
            tag: ".megaraptor-\(id)-",
            redact: Redaction(work.secrets),
            work: work.work
        )
        let record = RolloutRecord(
            id: id.text,
            deployment: deployment.text,
            kind: .remove,
            login: wish.login,
            labels: [],
            tags: wish.tags ?? [],
            started: ISO8601.string(unixSeconds: Int64(time(nil))),
            hosts: targets.map { HostRecord($0) }
        )
        let store = try await core.rollouts(deployment)
        // What is only shown is not kept, and is in nobody's way.
        let lock = isConfirmed ? try RolloutLock(folder: store.folder, for: id) : nil
        defer { lock?.release() }
        let journal = RolloutJournal(record, store: isConfirmed ? store : nil, stop: stop) { done, all, words in
            context.progress(Double(done), of: Double(all), words)
        }
        try await journal.begin(steps: targets.count)
        let all = targets.enumerated().map { (index: $0.offset, target: $0.element) }
        await run(all, begin: { await journal.begin($0) }, settle: { await journal.settle($0, $1) })
        return try await journal.end(stop.isSet ? .cancelled : .done).told(work.notes)
    }
}
