// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import MegaraptorErrors
internal import Synchronization

/// The calls that plugins have not answered yet. Each is answered exactly once: by its plugin, its deadline or the end.
final class CallTable: Sendable {
    /// A call that somebody waits for.
    struct Pending {
        let plugin: String
        let deadline: ContinuousClock.Instant?
        let progress: HostCall.Progress?
        let elicit: HostCall.Elicit?
        let finish: @Sendable (Result<[UInt8], MegaraptorError>) -> Void
        let cancel: @Sendable () -> Void
        /// Makes room for the next call of the plugin; `nil` as long as the call waits for its own turn.
        var leave: (@Sendable () -> Void)?
        var parts: [UInt8] = []
        /// What the plugin has asked on the call's behalf: the person, or another plugin.
        var questions: [Task<Void, Never>] = []

        /// Answers the call and takes back its open questions: nobody would use their answers.
        func end(_ result: Result<[UInt8], MegaraptorError>) {
            finish(result)
            for question in questions { question.cancel() }
            leave?()
        }

        /// Answers the call in its plugin's place, and tells the plugin if it has heard of the call.
        func giveUp(_ error: MegaraptorError) {
            end(.failure(error))
            if leave != nil { cancel() }
        }
    }

    private struct State {
        var pending: [UInt64: Pending] = [:]
        /// Calls that nobody waits for any more and that their plugins still owe an answer.
        var abandoned: Set<UInt64> = []
        var sweepScheduled = false
    }

    private let state = Mutex(State())
    private let nextID: Atomic<UInt64>
    private let clockQueue = DispatchQueue(label: "megaraptor.deadlines")

    /// Deadlines are checked this often, so that they cost nothing per call.
    private static let sweepInterval = DispatchTimeInterval.milliseconds(50)

    /// - Parameter firstID: the ids that are made here begin with it.
    init(firstID: UInt64 = 1) {
        nextID = Atomic(firstID)
    }

    func makeID() -> UInt64 {
        nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    func insert(_ id: UInt64, _ call: Pending) {
        let mustSchedule = state.withLock { state in
            state.pending[id] = call
            guard call.deadline != nil, !state.sweepScheduled else { return false }
            state.sweepScheduled = true
            return true
        }
        if mustSchedule { scheduleSweep() }
    }

    /// Notes that a call's turn has come; `false` if nobody waits for it any more.
    func begin(_ id: UInt64, leave: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            state.pending[id]?.leave = leave
            // Its plugin never hears of the call and owes no answer.
            if state.pending[id] == nil { state.abandoned.remove(id) }
            return state.pending[id] != nil
        }
    }

    enum Removal {
        case pending(Pending)
        /// The answer comes too late, which is no fault.
        case abandoned
        /// The call is over or never was.
        case unknown
    }

    /// Takes the call out because its plugin answers it: nobody else can answer it from here on.
    func remove(_ id: UInt64, of plugin: String) -> Removal {
        state.withLock { state in
            if let call = state.pending[id], call.plugin != plugin { return .unknown }
            if let call = state.pending.removeValue(forKey: id) { return .pending(call) }
            return state.abandoned.remove(id) != nil ? .abandoned : .unknown
        }
    }

    /// Takes the call out because nobody waits for it any more.
    func abandon(_ id: UInt64) -> Pending? {
        state.withLock { state in
            guard let call = state.pending.removeValue(forKey: id) else { return nil }
            state.abandoned.insert(id)
            return call
        }
    }

    /// No answer to this abandoned call will come.
    func forget(_ id: UInt64) {
        state.withLock { _ = $0.abandoned.remove(id) }
    }

    /// Takes out all calls of one plugin.
    func removeAll(of plugin: String) -> [Pending] {
        state.withLock { state in
            let ids = state.pending.filter { $0.value.plugin == plugin }.keys
            return ids.compactMap { state.pending.removeValue(forKey: $0) }
        }
    }

    /// Keeps a part of the call's result; false if the call is over or never was.
    func append(_ id: UInt64, of plugin: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            if let call = state.pending[id], call.plugin != plugin { return false }
            state.pending[id]?.parts.append(contentsOf: bytes)
            return state.pending[id] != nil || state.abandoned.contains(id)
        }
    }

    /// Ties a question to the call on whose behalf it is put; one for a call that is over is taken back at once.
    func attach(_ question: Task<Void, Never>, to id: UInt64) {
        let isOpen = state.withLock { state in
            state.pending[id]?.questions.append(question)
            return state.pending[id] != nil
        }
        if !isOpen { question.cancel() }
    }

    /// What a call lends to those that are made on its behalf.
    struct Loan {
        var deadline: ContinuousClock.Instant?
        var elicit: HostCall.Elicit?
    }

    /// - Throws: `cancelled` where nobody waits for the call any more.
    func loan(_ id: UInt64) throws(MegaraptorError) -> Loan {
        guard let pending = state.withLock({ $0.pending[id] }) else {
            throw MegaraptorError(.cancelled, "The call on whose behalf this was asked is over.")
        }
        return Loan(deadline: pending.deadline, elicit: pending.elicit)
    }

    func progressHandler(_ id: UInt64) -> HostCall.Progress? {
        state.withLock { $0.pending[id]?.progress }
    }

    func elicitHandler(_ id: UInt64) -> HostCall.Elicit? {
        state.withLock { $0.pending[id]?.elicit }
    }

    /// Whether nobody waits for a call any more that its plugin has not answered.
    func isAbandoned(_ id: UInt64) -> Bool {
        state.withLock { $0.abandoned.contains(id) }
    }

    func isCancelled(_ id: UInt64) -> Bool {
        state.withLock { $0.pending[id] == nil }
    }

    // MARK: - Deadlines

    private func scheduleSweep() {
        clockQueue.asyncAfter(deadline: .now() + Self.sweepInterval) { [weak self] in self?.sweep() }
    }

    private func sweep() {
        let now = ContinuousClock.now
        let (late, again) = state.withLock { state in
            let ids = state.pending.filter { $0.value.deadline.map { $0 <= now } ?? false }.keys
            let late = ids.compactMap { state.pending.removeValue(forKey: $0) }
            state.abandoned.formUnion(ids)
            state.sweepScheduled = state.pending.contains { $0.value.deadline != nil }
            return (late, state.sweepScheduled)
        }
        for call in late {
            call.giveUp(Self.deadlineExceeded(call.plugin))
        }
        if again { scheduleSweep() }
    }

    private static func deadlineExceeded(_ plugin: String) -> MegaraptorError {
        MegaraptorError(
            .deadlineExceeded,
            "The plugin \(plugin) did not answer in time.",
            hint: "Ask for less, or let operations raise the deadline. A change that was under way may have happened."
        )
    }
}
