// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A machine reached by SSH.
///
/// May be used from any task; what is asked of it is done one after the other on a thread of its own, so nothing here
/// takes a thread of the pool. A cancelled task ends its command or transfer at once. After `unavailable` the
/// connection is gone and a new one is to be opened.
public final class SSHConnection: Sendable {
    private let worker: SSHWorker
    /// What the server proved to be.
    public let hostKey: SSHHostKey
    public let destination: SSHDestination

    private init(_ worker: SSHWorker, _ hostKey: SSHHostKey, _ destination: SSHDestination) {
        self.worker = worker
        self.hostKey = hostKey
        self.destination = destination
    }

    deinit { worker.end() }

    /// Connects, checks the server's key and logs in.
    ///
    /// - Throws: `failed_precondition` for a key that nobody knows, `unauthenticated` for a contradicted key and a
    ///   refused login, `unavailable` or `deadline_exceeded` where the machine does not answer.
    public static func open(_ destination: SSHDestination) async throws(MegaraptorError) -> SSHConnection {
        let worker = try SSHWorker(destination)
        do throws(MegaraptorError) {
            let key = try await worker.perform(within: destination.connectTimeout) {
                session throws(MegaraptorError) in try session.open()
            }
            return SSHConnection(worker, key, destination)
        } catch {
            worker.end()
            throw error
        }
    }

    /// Opens a connection for as long as `body` runs.
    public static func with<Value: Sendable>(
        _ destination: SSHDestination,
        _ body: (SSHConnection) async throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let connection = try await open(destination)
        defer { connection.close() }
        return try await body(connection)
    }

    /// Lets what runs come to its end, then closes. What is asked afterwards is refused.
    public func close() { worker.end() }

    /// Runs a command. One that fails is a result, not an error.
    public func run(_ command: SSHCommand) async throws(MegaraptorError) -> SSHCommandResult {
        try await worker.perform(within: command.timeLimit) { session throws(MegaraptorError) in
            try session.run(command)
        }
    }

    func perform<Value: Sendable>(
        within limit: Duration = .seconds(60),
        _ body: @escaping @Sendable (SSHSession) throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        try await worker.perform(within: limit, body)
    }
}
