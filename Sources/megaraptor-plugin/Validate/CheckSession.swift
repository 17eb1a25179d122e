// SPDX-License-Identifier: Apache-2.0

import Dispatch
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import PluginManifest
import Synchronization

/// A plugin in service, and calls to it.
final class CheckSession: Sendable {
    struct Call: Sendable {
        /// What it is, for people.
        let title: String
        let method: String
        let params: [UInt8]

        init(_ title: String, _ method: String, _ params: [UInt8]) {
            self.title = title
            self.method = method
            self.params = params
        }

        init(_ title: String, _ method: String, _ params: JSONValue) {
            self.init(title, method, params.jsonBytes())
        }

        var sentenceStart: String { title.prefix(1).uppercased() + title.dropFirst() }

        static func tool(_ name: String, _ arguments: JSONValue) -> Call {
            Call("a call of the tool \(name)", "tools/call", ["name": .string(name), "arguments": arguments])
        }
    }

    struct Ended: Sendable {
        let call: Call
        /// `nil` where the plugin never answered, though it was told that nobody waits any more.
        let completion: Completion?
        /// Whether `invoke` came back.
        let hasReturned: Bool

        /// How the plugin broke the contract in this call, as a sentence.
        var fault: String? {
            guard hasReturned else { return "\(call.sentenceStart) does not return from invoke." }
            guard let completion else {
                return "\(call.sentenceStart) is not completed, not even after it was cancelled."
            }
            return completion.fault.map { "\(call.sentenceStart): the plugin \($0)." }
        }
    }

    let plugin: OpenedPlugin
    let subject: CheckSubject
    let manifest: PluginManifest

    /// A call that takes longer is cancelled, as a client would in the end.
    private static let patience = DispatchTimeInterval.milliseconds(1000)
    /// A cancelled call must be completed all the same; this long is promptly for a busy machine.
    static let grace = DispatchTimeInterval.seconds(5)

    init(plugin: OpenedPlugin, subject: CheckSubject, manifest: PluginManifest) {
        self.plugin = plugin
        self.subject = subject
        self.manifest = manifest
    }

    /// Tools that may be called: those that only read, unless the author allowed the others.
    var callableTools: [ToolContribution] {
        manifest.tools.filter { $0.run == nil && (subject.callsEveryTool || $0.annotations.readOnly) }
    }

    /// Makes calls all at once and waits for each; those that take long are cancelled.
    func run(_ calls: [Call], cancelling: Bool = false, grace: DispatchTimeInterval = grace) -> [Ended] {
        subject.note(calls.count == 1 ? calls[0].title : "\(calls.count) calls at once, the first \(calls[0].title)")
        let started = start(calls)
        if cancelling { cancel(started) }
        if !started.wait(for: Self.patience) {
            cancel(started)
            _ = started.wait(for: grace)
        }
        return zip(calls, started.ids).map { call, id in
            Ended(call: call, completion: started.completion(of: id), hasReturned: started.hasReturned(id))
        }
    }

    /// Makes calls one after the other.
    func runEach(_ calls: [Call], grace: DispatchTimeInterval = grace) -> [Ended] {
        calls.flatMap { run([$0], grace: grace) }
    }

    /// Each call runs on a thread of its own: a plugin that does not return from `invoke` must not stop the check.
    func start(_ calls: [Call]) -> StartedCalls {
        let started = StartedCalls(calls.count, on: plugin.host)
        for (id, call) in zip(started.ids, calls) {
            DispatchQueue.global().async { [plugin] in
                plugin.invoke(id, call.method, call.params)
                started.noteReturn(of: id)
            }
        }
        return started
    }

    func cancel(_ calls: StartedCalls) {
        for id in calls.ids where calls.completion(of: id) == nil {
            plugin.host.cancel(id)
            plugin.cancel(id)
        }
    }

    /// Time for answers that should not come.
    static func linger() {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(200))
    }
}

/// Calls on their way, and their answers.
final class StartedCalls: Sendable {
    let ids: [UInt64]
    private let answers: Answers

    private final class Answers: Sendable {
        let completions = Mutex<[UInt64: Completion]>([:])
        let returned = Mutex<Set<UInt64>>([])
        /// Signalled at each completion and at each return.
        let changed = DispatchSemaphore(value: 0)
    }

    init(_ count: Int, on host: FakeHost) {
        let answers = Answers()
        self.answers = answers
        ids = (0..<count).map { _ in
            host.makeCall { id, completion in
                answers.completions.withLock { $0[id] = completion }
                answers.changed.signal()
            }
        }
    }

    func completion(of id: UInt64) -> Completion? {
        answers.completions.withLock { $0[id] }
    }

    func hasReturned(_ id: UInt64) -> Bool {
        answers.returned.withLock { $0.contains(id) }
    }

    func noteReturn(of id: UInt64) {
        answers.returned.withLock { _ = $0.insert(id) }
        answers.changed.signal()
    }

    /// Whether all are answered in time, and every `invoke` has come back.
    func wait(for time: DispatchTimeInterval) -> Bool {
        wait(for: time) { answers.completions.withLock { $0.count } == ids.count && allHaveReturned }
    }

    /// Whether every `invoke` has come back in time.
    func waitForReturns(for time: DispatchTimeInterval) -> Bool {
        wait(for: time) { allHaveReturned }
    }

    private var allHaveReturned: Bool { answers.returned.withLock { $0.count } == ids.count }

    private func wait(for time: DispatchTimeInterval, until isDone: () -> Bool) -> Bool {
        let end = DispatchTime.now() + time
        while !isDone() {
            guard answers.changed.wait(timeout: end) == .success else { return isDone() }
        }
        return true
    }
}
