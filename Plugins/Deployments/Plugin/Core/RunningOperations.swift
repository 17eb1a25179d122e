// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// The operations that go on in this process, beyond the calls that began them.
actor RunningOperations {
    typealias Outcome = Result<JSONObject, MegaraptorError>

    /// What a caller learns who waits.
    enum Wait: Sendable {
        case ended(Outcome)
        /// Its time was over first; the operation goes on.
        case goesOn
    }

    /// By deployment; its lock lets no second one begin.
    private var tasks: [String: Task<Outcome, Never>] = [:]
    private var isClosed = false

    /// Begins an operation on a deployment and waits for it as long as the caller can.
    ///
    /// Cancelling the caller ends the operation before its next step: what has begun is not torn apart.
    func run(
        on id: String,
        within limit: Duration?,
        _ body: @escaping @Sendable () async -> Outcome
    ) async throws(MegaraptorError) -> Wait {
        guard !isClosed else { throw MegaraptorError(.unavailable, "The host is shutting down.", retryable: true) }
        let task = Task {
            defer { tasks[id] = nil }
            return await body()
        }
        tasks[id] = task
        return await withTaskCancellationHandler {
            await Self.wait(for: task, within: limit)
        } onCancel: {
            task.cancel()
        }
    }

    /// Has every operation stop before its next step.
    func close() {
        isClosed = true
        for task in tasks.values { task.cancel() }
    }

    private static func wait(for task: Task<Outcome, Never>, within limit: Duration?) async -> Wait {
        guard let limit else { return .ended(await task.value) }
        let (stream, arrival) = AsyncStream.makeStream(of: Wait.self)
        let end = Task { arrival.yield(.ended(await task.value)) }
        let clock = Task {
            do { try await Task.sleep(for: limit) } catch { return }
            arrival.yield(.goesOn)
        }
        defer {
            end.cancel()
            clock.cancel()
        }
        for await first in stream { return first }
        return .goesOn
    }
}
