// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One running query: who asks, what it may call, until when it runs, where its log goes.
///
/// Made on the thread that runs the query.
public final class QueryContext: Sendable {
    public let session: Session
    public let environment: any ServerEnvironment
    /// Ends the query early; shared with its sub-queries.
    public let cancellation: Cancellation
    let registry: SymbolRegistry
    let sink: any QuerySink
    let caches = EvaluationCaches()
    let stack = StackGuard()
    private let recentMessages: Mutex<[String: ContinuousClock.Instant]>
    private let openStatement = Mutex("")
    private let finalWork = Mutex<[@Sendable () throws -> Void]>([])

    init(
        session: Session,
        environment: any ServerEnvironment,
        cancellation: Cancellation,
        registry: SymbolRegistry,
        sink: any QuerySink
    ) {
        self.session = session
        self.environment = environment
        self.cancellation = cancellation
        self.registry = registry
        self.sink = sink
        recentMessages = Mutex([:])
    }

    /// The same query under another session, or with another listener.
    func copy(for session: Session, sink: (any QuerySink)? = nil) -> QueryContext {
        QueryContext(
            session: session,
            environment: environment,
            cancellation: cancellation,
            registry: registry,
            sink: sink ?? self.sink
        )
    }

    /// Keeps work for the end of the query.
    func atEnd(_ work: @escaping @Sendable () throws -> Void) {
        finalWork.withLock { $0.append(work) }
    }

    /// Does the work that was kept.
    func finish() throws {
        let work = finalWork.withLock { pending in
            defer { pending = [] }
            return pending
        }
        for item in work { try item() }
    }

    public func log(_ line: LogLine) { sink.log(line) }

    /// Throws if the query was cancelled or its time is up. Bodies that loop without emitting rows call this.
    public func checkCancelled() throws { try cancellation.check() }

    /// Blocks for a while; throws at once when the query is cancelled or its time is up.
    public func wait(for duration: Duration) throws { try cancellation.wait(for: duration) }

    /// The statement that is running, as it is printed in messages.
    var statement: String {
        get { openStatement.withLock { $0 } }
        set { openStatement.withLock { $0 = newValue } }
    }

    /// Whether a message may be logged: not again within `interval` of its last time.
    func admitsMessage(_ message: String, interval: Duration) -> Bool {
        let now = ContinuousClock.now
        return recentMessages.withLock { recent in
            if let last = recent[message], now - last < interval { return false }
            recent[message] = now
            return true
        }
    }
}
