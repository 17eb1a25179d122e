// SPDX-License-Identifier: Apache-2.0

import MCPProtocol
import Synchronization

/// One request that takes its time: answered at most once, never after its cancellation, no progress after the answer.
final class RunningCall: Sendable {
    typealias Outcome = Result<[UInt8], RPCError>

    private struct State {
        var isOpen = true
        var task: Task<Void, Never>?
        var progress = ProgressGate()
    }

    let request: Request
    private let state = Mutex(State())
    /// Where progress goes, which is no part of a batch's answer.
    private let connection: Connection

    init(_ request: Request, on connection: Connection) {
        self.request = request
        self.connection = connection
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Hands over the task that does the work, so that ``cancel()`` reaches it.
    func attach(_ task: Task<Void, Never>) {
        let isOpen = state.withLock { state in
            state.task = task
            return state.isOpen
        }
        if !isOpen { task.cancel() }
    }

    /// Sends the answer, after the last progress that was held back.
    func finish(_ outcome: Outcome) {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            if let last = state.progress.takeHeldBack() { send(last) }
            request.reply.send(flush: true) { output in
                switch outcome {
                case .success(let body): OutgoingMessage.appendResult(body, id: request.id, to: &output)
                case .failure(let error): OutgoingMessage.appendError(error, id: request.id, to: &output)
                }
            }
        }
    }

    /// Stops the work; nothing further is sent for the request.
    func cancel() {
        let task = state.withLock { state in
            if state.isOpen {
                state.isOpen = false
                request.reply.abandon()
            }
            return state.task
        }
        task?.cancel()
    }

    /// Stops the work at the end of the connection, and says so to whoever still listens.
    func abort() {
        finish(.failure(RPCError(.internalError, "The server is shutting down; the request was not completed")))
        state.withLock { $0.task }?.cancel()
    }

    // MARK: Progress

    /// What a plugin reports to; `nil` where the client gave no token.
    var progressReporter: (@Sendable (PluginCallContext.Progress) -> Void)? {
        guard request.progressToken != nil else { return nil }
        return { self.report($0) }
    }

    private func report(_ progress: PluginCallContext.Progress) {
        state.withLock { state in
            guard state.isOpen, let due = state.progress.admit(progress, now: .now) else { return }
            send(due)
        }
    }

    private func send(_ progress: PluginCallContext.Progress) {
        guard let token = request.progressToken else { return }
        var params = ObjectWriter()
        params.raw("progressToken", token.json)
        params.value("progress", progress.done.shortestJSON)
        if let total = progress.total { params.value("total", total.shortestJSON) }
        if let message = progress.message, request.version.has(.progressMessage) {
            params.string("message", message)
        }
        connection.notify("notifications/progress", params: params.finish())
    }
}
