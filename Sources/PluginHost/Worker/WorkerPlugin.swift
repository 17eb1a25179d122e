// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest
internal import PluginTrust
internal import Synchronization

/// A plugin that runs in a process of its own.
///
/// It answers through the same ``PluginBridge`` as a plugin inside the host. When the process ends, whatever it owes is
/// failed with the reason, and this instance serves no more; the host starts another at the next call.
final class WorkerPlugin: PluginInstance {
    /// How opening came out.
    enum Opening {
        /// With what the plugin says of itself.
        case ready([UInt8])
        case refused(MegaraptorError)
        /// The process ended before it had answered.
        case ended(WorkerEnd)
    }

    private enum Phase {
        case opening
        case serving
        /// The host has ended it on purpose.
        case stopping
        case ended(WorkerEnd)
    }

    private struct State {
        var phase = Phase.opening
        var opening: Opening?
        /// Cancelled calls of which the worker has not yet said that it knows.
        var cancelling: Set<UInt64> = []
        /// Calls that the worker has not answered.
        var running: Set<UInt64> = []
        var requests = 0

        /// Takes no further calls if none is running.
        mutating func stop(force: Bool) -> Bool {
            guard running.isEmpty || force else { return false }
            if case .ended = phase { return true }
            phase = .stopping
            return true
        }
    }

    let id: String
    let library: LibraryIdentity?
    private let settings: WorkerSettings
    private let bridge: PluginBridge
    private let process: WorkerProcess
    private let connection: WorkerConnection
    private let state = Mutex(State())
    private let answered = DispatchSemaphore(value: 0)
    /// Gets the reason when the process has ended without being asked to.
    private let died: @Sendable (WorkerEnd) -> Void

    /// How many questions to the host may be open.
    private static let requestLimit = 256
    /// How often a worker that is to leave is asked whether it still works, in microseconds.
    private static let retirementStep: UInt32 = 20_000

    /// Starts the process and has it open the plugin.
    init(
        _ manifest: PluginManifest,
        _ library: LibraryIdentity?,
        _ settings: WorkerSettings,
        bridge: PluginBridge,
        died: @escaping @Sendable (WorkerEnd) -> Void
    ) throws(MegaraptorError) {
        id = manifest.id
        self.library = library
        self.settings = settings
        self.bridge = bridge
        self.died = died
        let process = WorkerProcess()
        self.process = process
        let socket = try WorkerConnection.makeSocket()
        connection = WorkerConnection(descriptor: socket.host) { process.end(because: $0) }
        let drained = DispatchSemaphore(value: 0)
        DispatchQueue(label: "megaraptor.worker.\(id)").async {
            let end = process.run(settings, for: manifest, socket: socket.worker) {
                self.connection.end()
                drained.wait()
            }
            self.finish(end)
        }
        DispatchQueue(label: "megaraptor.worker.\(id).reading").async {
            self.receive()
            drained.signal()
        }
        connection.send(WorkerGreeting(manifest, library, settings.limits).frame)
    }

    var pid: Int32? { process.pid }

    var isServing: Bool {
        state.withLock { if case .serving = $0.phase { true } else { false } }
    }

    /// Blocks until the worker has opened the plugin or has failed to.
    func opening() -> Opening {
        if answered.wait(timeout: .now() + settings.patience) == .timedOut {
            process.end(because: "did not get ready in time and was killed")
            answered.wait()
        }
        return state.withLock { $0.opening } ?? .ended(WorkerEnd("said nothing", isOwnFault: false))
    }

    // MARK: - Calls

    func invoke(_ call: UInt64, method: String, params: [UInt8]) {
        let end: WorkerEnd? = state.withLock { state in
            switch state.phase {
            case .ended(let end): return end
            case .stopping: return WorkerEnd("was told to leave", isOwnFault: false)
            case .opening, .serving:
                state.running.insert(call)
                return nil
            }
        }
        if let end { return bridge.fail(call, failure(end, wasBegun: false)) }
        guard params.count + method.utf8.count <= Frame.largest - Frame.headerSize else {
            state.withLock { _ = $0.running.remove(call) }
            let error = MegaraptorError(.invalidArgument, "The call is too large for a plugin in a process of its own.")
            return bridge.fail(call, error)
        }
        connection.send(Frame(kind: .invoke, id: call, text: method, body: params))
    }

    func cancel(_ call: UInt64) {
        let isNew = state.withLock { $0.cancelling.insert(call).inserted }
        guard isNew else { return }
        connection.send(Frame(kind: .cancel, id: call))
        // A worker notices at once, unless its plugin keeps the thread on which messages arrive.
        DispatchQueue.global().asyncAfter(deadline: .now() + settings.patience) { [weak self] in
            guard let self, state.withLock({ $0.cancelling.contains(call) }) else { return }
            process.end(because: "took no messages for too long and was killed")
        }
    }

    func deactivate(milliseconds: UInt32) {
        state.withLock { state in
            if case .ended = state.phase { return }
            state.phase = .stopping
        }
        connection.send(Frame(kind: .deactivate, number: UInt64(milliseconds)))
        if process.isOver(within: .milliseconds(Int(milliseconds) + 50)) { return }
        process.signal(SIGTERM)
        if process.isOver(within: .milliseconds(50)) { return }
        process.end(because: "did not leave when it was told to")
        _ = process.isOver(within: .milliseconds(200))
    }

    /// Ends the worker once it has answered its calls, or the limit has passed. Returns at once.
    func retire(within limit: Duration) {
        DispatchQueue(label: "megaraptor.worker.\(id).retiring").async {
            let end = ContinuousClock.now + limit
            // No call may begin between the last look and the end.
            while !self.state.withLock({ $0.stop(force: ContinuousClock.now >= end) }) { usleep(Self.retirementStep) }
            self.deactivate(milliseconds: 200)
        }
    }

    // MARK: - Messages

    private func receive() {
        do {
            try connection.receive(handle)
            // Usually the end of the connection is that of the process, which has a better reason to tell.
            if process.isOver(within: .milliseconds(0)) { return }
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { [process] in
                process.end(because: "closed its connection to the host")
            }
        } catch {
            process.end(because: "sent \(error) and was killed")
        }
    }

    private func handle(_ frame: Frame) {
        switch frame.kind {
        case .ready: settle(.ready(bridge.description(frame.body)))
        case .refused:
            settle(.refused(frame.body.withUnsafeBytes { bridge.failure(Int32(clamping: frame.number), $0) }))
        case .complete:
            state.withLock { _ = $0.running.remove(frame.id) }
            frame.body.withUnsafeBytes {
                bridge.complete(call: frame.id, status: Int32(truncatingIfNeeded: frame.number), bytes: $0)
            }
        case .cancelled:
            state.withLock { state in
                state.cancelling.remove(frame.id)
                state.running.remove(frame.id)
            }
            bridge.forget(frame.id)
        case .progress:
            let total = frame.body.count == 8 ? frame.body.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } : 0
            bridge.progress(
                call: frame.id,
                done: Double(bitPattern: frame.number),
                total: Double(bitPattern: total),
                message: frame.text
            )
        case .log: bridge.log(level: Int32(clamping: frame.number), message: frame.text)
        case .request: answer(frame)
        case .hello, .invoke, .cancel, .reply, .deactivate:
            process.end(because: "sent a message that only the host sends and was killed")
        }
    }

    private func answer(_ frame: Frame) {
        let reply: @Sendable (Int32, [UInt8]) -> Void = { [connection] status, bytes in
            connection.send(Frame(kind: .reply, id: frame.id, number: UInt64(status), body: bytes))
        }
        let isTaken = state.withLock { state in
            guard state.requests < Self.requestLimit else { return false }
            state.requests += 1
            return true
        }
        guard isTaken else {
            let error = MegaraptorError(
                .resourceExhausted,
                "The plugin asks the host too much at once.",
                retryable: true
            )
            return reply(error.code.rawValue, error.json.jsonBytes())
        }
        bridge.request(call: frame.number, method: frame.text, params: frame.body) { status, bytes in
            self.state.withLock { $0.requests -= 1 }
            reply(status, bytes)
        }
    }

    // MARK: - Opening and end

    private func settle(_ opening: Opening) {
        let isFirst = state.withLock { state in
            guard state.opening == nil else { return false }
            state.opening = opening
            if case .opening = state.phase, case .ready = opening { state.phase = .serving }
            return true
        }
        if isFirst { answered.signal() }
    }

    /// The process is gone and everything it sent has been handled.
    private func finish(_ end: WorkerEnd) {
        let wasStopping = state.withLock { if case .stopping = $0.phase { true } else { false } }
        // Whoever sees that it serves no more shall know why and how often.
        if !wasStopping { died(end) }
        let (cancelled, running) = state.withLock { state in
            state.phase = .ended(end)
            return (state.cancelling, state.running)
        }
        for call in cancelled { bridge.forget(call) }
        // Only its own: another worker may serve the plugin by now.
        for call in running { bridge.fail(call, failure(end, wasBegun: true)) }
        settle(.ended(end))
    }

    func failure(_ end: WorkerEnd, wasBegun: Bool) -> MegaraptorError {
        MegaraptorError(
            .unavailable,
            "The plugin \(id) failed: its worker \(end.words).",
            hint: wasBegun
                ? "The next call starts it again. A change that was under way may have happened: look before repeating it."
                : "Nothing was begun; call again, which starts it anew.",
            retryable: !wasBegun,
            details: wasBegun ? [:] : MegaraptorError.notBegun
        )
    }
}
