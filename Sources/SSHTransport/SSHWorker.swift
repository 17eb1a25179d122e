// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors
internal import Synchronization

/// The one thread of a connection. All calls into libssh about that connection are made on it, one job after another.
///
/// A session of libssh may be used by one thread at a time only, and waiting must not take a thread of the pool.
final class SSHWorker: Sendable {
    private struct Job: Sendable {
        let control: JobControl
        let run: @Sendable (SSHSession) -> Void
        /// Instead of `run`, when it never came to that.
        let abandon: @Sendable (MegaraptorError) -> Void
    }

    private struct State {
        var jobs: [Job] = []
        var isEnding = false
    }

    private let state = Mutex(State())
    private let wakeUp: WakeUp
    private let destination: SSHDestination

    /// Starts the thread; it ends after ``end()``.
    init(_ destination: SSHDestination) throws(MegaraptorError) {
        self.destination = destination
        wakeUp = try WakeUp()
        guard WorkerThread.start({ self.work() }) else {
            throw MegaraptorError(.resourceExhausted, "No thread could be started for a connection.")
        }
    }

    /// Runs a job on the thread. A cancelled task's job ends at its next wait, or is never begun.
    func perform<Value: Sendable>(
        within limit: Duration,
        _ body: @escaping @Sendable (SSHSession) throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let control = JobControl(limit: limit)
        let outcome: Result<Value, MegaraptorError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                add(
                    Job(
                        control: control,
                        run: { session in
                            continuation.resume(
                                returning: Result { () throws(MegaraptorError) in try body(session) }
                            )
                        },
                        abandon: { continuation.resume(returning: .failure($0)) }
                    )
                )
            }
        } onCancel: {
            cancel(control)
        }
        return try outcome.get()
    }

    /// No job is taken any more; what waits is refused. The connection is closed after the running job.
    func end() {
        let waiting = state.withLock { state in
            state.isEnding = true
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in waiting { job.abandon(Self.closed) }
        wakeUp.signal()
    }

    private static let closed = MegaraptorError(.failedPrecondition, "The connection has been closed.")

    private func add(_ job: Job) {
        let refusal: MegaraptorError? = state.withLock { state in
            if state.isEnding { return Self.closed }
            state.jobs.append(job)
            return nil
        }
        if let refusal { return job.abandon(refusal) }
        wakeUp.signal()
        if Task.isCancelled { cancel(job.control) }
    }

    private func cancel(_ control: JobControl) {
        control.cancel()
        let waiting: Job? = state.withLock { state in
            guard let index = state.jobs.firstIndex(where: { $0.control === control }) else { return nil }
            return state.jobs.remove(at: index)
        }
        waiting?.abandon(MegaraptorError(.cancelled, "The call was cancelled before it began."))
        wakeUp.signal()
    }

    private func work() {
        let session = SSHSession(destination, wakeUp: wakeUp)
        while true {
            let (job, isEnding) = state.withLock { state in
                (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isEnding)
            }
            if let job {
                session.control = job.control
                job.run(session)
            } else if isEnding {
                break
            } else {
                wakeUp.wait()
            }
        }
        session.close()
    }
}
