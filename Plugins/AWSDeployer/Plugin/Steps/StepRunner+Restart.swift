// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import MegaraptorErrors

extension StepRunner {
    /// A restart leaves no trace that could be looked for, so the machine is marked after it. A host that is killed just
    /// between both restarts the same machine a second time.
    func restart(_ details: StepDetails) async throws(MegaraptorError) -> String {
        guard let id = details.machine else { throw MegaraptorError(.invalidArgument, "The step names no machine.") }
        guard let machine = try await task.machines.all().first(where: { $0.id == id }) else {
            throw MegaraptorError(.conflict, "The machine \(id) has gone.", hint: "Plan again.")
        }
        let mark = String(try Token.of([details.base ?? "", id]).prefix(32))
        if machine.tags[Self.restartTag] == mark { return "The machine \(id) was restarted already." }
        try await task.machines.reboot(id)
        try await task.machines.tag(id, Self.restartTag, mark)
        return "EC2 took the restart of the machine \(id)."
    }

    /// EC2 says neither when a restart begins nor whether the server is back.
    private static func isWell(_ id: String) -> String {
        "EC2 took the restart of the machine \(id), and its checks are well. It does not see the server itself."
    }

    func waitForMachine(_ details: StepDetails) async throws(MegaraptorError) -> String {
        guard let id = details.machine else { throw MegaraptorError(.invalidArgument, "The step names no machine.") }
        var last = ""
        let end = ContinuousClock.now + .seconds(task.options.minutesToWait * 60)
        while true {
            let checks = try await task.machines.checks(id) ?? [:]
            let bad = checks.filter { $0.value != "ok" }.sorted { $0.key < $1.key }
            if !checks.isEmpty, bad.isEmpty { return Self.isWell(id) }
            let words =
                checks.isEmpty
                ? "the machine does not run" : bad.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            if words != last { waiter.say(words) }
            last = words
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .deadlineExceeded,
                    "The machine \(id) is not well after \(task.options.minutesToWait) minutes: \(words).",
                    hint: "Look at logs."
                )
            }
            try await waiter.pause(what: "The machine goes on starting.")
        }
    }
}
