// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MCPTransport
import MegaraptorErrors
import Synchronization

/// Requests from this server to a client of the handshake versions, and their answers.
final class ServerRequests: Sendable {
    private typealias Waiter = CheckedContinuation<Result<JSONValue, MegaraptorError>, Never>

    private struct State {
        var lastID = 0
        var waiters: [RequestID: Waiter] = [:]
        /// Made, but not waiting yet; a cancellation takes them out again.
        var unsent: Set<RequestID> = []
    }

    private let state = Mutex(State())
    private let sink: any MessageSink

    init(sink: any MessageSink) {
        self.sink = sink
    }

    /// Sends a request and waits for its answer, no longer than `timeout` and only while the task is not cancelled.
    func ask(_ method: StaticString, params: [UInt8], timeout: Duration) async throws(MegaraptorError) -> JSONValue {
        let id = state.withLock { state in
            state.lastID += 1
            let id = RequestID(state.lastID)
            state.unsent.insert(id)
            return id
        }
        let timer = Task {
            do {
                try await Task.sleep(for: timeout)
            } catch {
                return
            }
            let failure = MegaraptorError(
                .deadlineExceeded,
                "The user did not answer within \(timeout.components.seconds) seconds. Nothing has been done.",
                hint: "Ask the user, then call the tool again."
            )
            self.giveUp(id, failure, reason: "timeout")
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in begin(id, waiter, method, params) }
        } onCancel: {
            let failure = MegaraptorError(.cancelled, "The request was cancelled before the user answered.")
            giveUp(id, failure, reason: "the request was cancelled")
        }
        timer.cancel()
        return try outcome.get()
    }

    private func begin(_ id: RequestID, _ waiter: Waiter, _ method: StaticString, _ params: [UInt8]) {
        let isWanted = state.withLock { state in
            guard state.unsent.remove(id) != nil else { return false }
            state.waiters[id] = waiter
            return true
        }
        guard isWanted else {
            return waiter.resume(returning: .failure(MegaraptorError(.cancelled, "The request was cancelled.")))
        }
        sink.write(flush: true) { OutgoingMessage.appendRequest(method, id: id, params: params, to: &$0) }
    }

    private func giveUp(_ id: RequestID, _ failure: MegaraptorError, reason: String) {
        let waiter = state.withLock { state in
            state.unsent.remove(id)
            return state.waiters.removeValue(forKey: id)
        }
        guard let waiter else { return }
        var params = ObjectWriter()
        params.raw("requestId", id.json)
        params.string("reason", reason)
        let body = params.finish()
        sink.write(flush: true) {
            OutgoingMessage.appendNotification("notifications/cancelled", params: body, to: &$0)
        }
        waiter.resume(returning: .failure(failure))
    }

    /// Takes the client's answer. Answers that nobody waits for are ignored.
    func resolve(_ id: RequestID, _ outcome: Result<UnsafeRawBufferPointer, IncomingMessage.ResponseFailure>) {
        guard let waiter = state.withLock({ $0.waiters.removeValue(forKey: id) }) else { return }
        do {
            waiter.resume(returning: .success(try JSONValue(json: outcome.get())))
        } catch let failure as IncomingMessage.ResponseFailure {
            waiter.resume(
                returning: .failure(
                    MegaraptorError(.unsupported, "The client could not ask the user: \(failure.message)")
                )
            )
        } catch {
            waiter.resume(
                returning: .failure(MegaraptorError(.internal, "The client's answer is unreadable: \(error)"))
            )
        }
    }
}
