// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Synchronization

/// Waits for CloudFormation, and tells what it does meanwhile.
final class StackWaiter: Sendable {
    private let task: AWSTask
    private let context: CallContext
    private let said = Mutex(0.0)

    init(task: AWSTask, context: CallContext) {
        self.task = task
        self.context = context
    }

    /// Waits until nothing is under way any more.
    ///
    /// - Parameter isCleanedUp: waits, too, until what an update replaced is removed: before that no other one begins.
    /// - Returns: `nil` where the stack has gone.
    func settle(_ stack: Stack, untilCleanedUp isCleanedUp: Bool = false) async throws(MegaraptorError) -> Stack? {
        do throws(MegaraptorError) {
            return try await follow(stack, isCleanedUp)
        } catch {
            // Wherever the cancelling struck, the reader has to know what it did not end.
            guard error.code == .cancelled else { throw error }
            throw Self.cancelled("CloudFormation goes on with the stack \(stack.name).")
        }
    }

    private func follow(_ stack: Stack, _ isCleanedUp: Bool) async throws(MegaraptorError) -> Stack? {
        // Longer than CloudFormation itself waits, which then says why.
        let end = ContinuousClock.now + .seconds((task.options.minutesToWait + 40) * 60)
        var seen: Set<String>? = nil
        while true {
            guard let now = try await task.stacks.find(stack.id) else { return nil }
            seen = try await tell(of: now, seen)
            guard now.status.isUnderWay || (isCleanedUp && now.status.isCleaningUp) else { return now }
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .deadlineExceeded,
                    "The stack \(now.name) is still \(now.status).",
                    hint: "CloudFormation goes on with it: look at status later, and go on then."
                )
            }
            try await pause(what: "CloudFormation goes on with the stack \(now.name).")
        }
    }

    func changeSet(_ name: String, of stack: String) async throws(MegaraptorError) -> ChangeSet {
        let end = ContinuousClock.now + .seconds(600)
        while true {
            guard let found = try await task.stacks.changeSet(name, of: stack) else {
                throw MegaraptorError(.conflict, "The change set \(name) has gone.", hint: "Plan again.")
            }
            if !found.isBeingMade { return found }
            guard ContinuousClock.now < end else {
                throw MegaraptorError(.deadlineExceeded, "CloudFormation has not worked out the change in ten minutes.")
            }
            try await pause(what: "CloudFormation goes on with the change set, which changes nothing.")
        }
    }

    /// Tells each new event once; of those before the first look only the latest.
    private func tell(of stack: Stack, _ seen: Set<String>?) async throws(MegaraptorError) -> Set<String> {
        let events = try await task.stacks.events(stack.id, atMost: 100)
        let new = seen.map { seen in events.filter { !seen.contains($0.id) } } ?? Array(events.prefix(1))
        for event in new.reversed() { say(event.text) }
        return (seen ?? []).union(events.map(\.id))
    }

    func say(_ words: String) {
        let count = said.withLock { said in
            said += 1
            return said
        }
        context.progress(count, words)
    }

    /// - Throws: `cancelled`, saying what goes on.
    func pause(what goesOn: String) async throws(MegaraptorError) {
        do {
            try await task.surroundings.clock.sleep(task.surroundings.pollInterval)
        } catch {
            throw Self.cancelled(goesOn)
        }
    }

    private static func cancelled(_ goesOn: String) -> MegaraptorError {
        MegaraptorError(
            .cancelled,
            "Waiting was cancelled. \(goesOn)",
            hint: "Look at status later, and go on then."
        )
    }

    /// What CloudFormation says of the latest operation's end.
    func failure(_ stack: String, _ words: String) async -> MegaraptorError {
        let found: Stack?
        let events: [StackEvent]
        do throws(MegaraptorError) {
            found = try await task.stacks.find(stack)
            events = try await task.stacks.events(stack)
        } catch {
            return MegaraptorError(
                .failedPrecondition,
                "\(words), and its events cannot be read.",
                cause: error.message
            )
        }
        let cause = Self.latest(events, of: stack).cause
        let why = cause.map { "\($0.resource) (\($0.type)): \($0.reason ?? $0.status)" } ?? found?.reason
        var details: JSONObject = [:]
        if let found { details["stack_status"] = .string(found.status.name) }
        if let cause { details["resource"] = .string(cause.resource) }
        return MegaraptorError(
            .failedPrecondition,
            "\(words): \(why ?? "no reason was given") (\(found?.status.name ?? "gone")).",
            hint: "Look at logs for all events and the console; plan again when the reason is gone.",
            details: details
        )
    }

    /// The events of the latest operation, newest first.
    private static func latest(_ events: [StackEvent], of stack: String) -> [StackEvent] {
        let starts = ["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"]
        let start = events.firstIndex {
            $0.type == Kind.stack && starts.contains($0.status) && $0.reason == "User Initiated"
        }
        return start.map { Array(events[...$0]) } ?? events
    }
}
