// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import Synchronization

/// The host's services as a worker's plugin reaches them: through the host.
final class RemoteServices: HostServing {
    private typealias Waiting = CheckedContinuation<Result<JSONValue, MegaraptorError>, Never>

    private struct State {
        var nextID: UInt64 = 1
        var waiting: [UInt64: Waiting] = [:]
    }

    private let socket: WorkerSocket
    private let state = Mutex(State())

    init(_ socket: WorkerSocket) {
        self.socket = socket
    }

    func answer(
        _ method: String,
        _ params: JSONValue,
        plugin _: String,
        call: UInt64,
        elicit _: HostCall.Elicit?
    ) async throws(MegaraptorError) -> JSONValue {
        let outcome: Result<JSONValue, MegaraptorError> = await withCheckedContinuation { continuation in
            let id = state.withLock { state in
                let id = state.nextID
                state.nextID += 1
                state.waiting[id] = continuation
                return id
            }
            socket.send(Frame(kind: .request, id: id, number: call, text: method, body: params.jsonBytes()))
        }
        return try outcome.get()
    }

    func receive(_ frame: Frame) {
        guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: frame.id) }) else { return }
        waiting.resume(returning: Self.outcome(frame))
    }

    private static func outcome(_ frame: Frame) -> Result<JSONValue, MegaraptorError> {
        do {
            let value = try JSONValue(json: frame.body)
            guard frame.number != 0 else { return .success(value) }
            return .failure(MegaraptorError(json: value) ?? MegaraptorError(.internal, "The host refused the request."))
        } catch {
            return .failure(MegaraptorError(.internal, "The host's answer is no JSON.", cause: "\(error)"))
        }
    }
}
