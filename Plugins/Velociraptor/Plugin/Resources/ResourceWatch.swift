// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Looks after the resources that somebody listens to: one task for each.
actor ResourceWatch {
    typealias Announce = @Sendable (String) async throws(MegaraptorError) -> Void

    private let client: VelociraptorClient
    private let announce: Announce
    private let log: @Sendable (String) -> Void
    private let sleep: RetryPolicy.Sleep
    private var tasks: [String: Task<Void, Never>] = [:]
    private var isOver = false

    /// - Parameter announce: tells the host that a resource's content is another.
    init(
        client: VelociraptorClient,
        announce: @escaping Announce,
        log: @escaping @Sendable (String) -> Void,
        sleep: @escaping RetryPolicy.Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.client = client
        self.announce = announce
        self.log = log
        self.sleep = sleep
    }

    /// Begins to look, and returns at once.
    ///
    /// - Throws: `unsupported` for a resource whose changes nobody notices.
    func begin(_ uri: String) throws(MegaraptorError) {
        guard let resource = WatchedResource(uri: uri) else {
            throw MegaraptorError(
                .unsupported,
                "Changes of \(VisibleText.escape(uri)) are not announced.",
                hint: "Those of hunts, their results, and flows are."
            )
        }
        guard !isOver else { return }
        let poller = ResourcePoller(
            look: { [client] () async throws(MegaraptorError) in try await resource.look(client) },
            announce: { [announce] () async throws(MegaraptorError) in try await announce(uri) },
            log: { [log] in log("\(uri) cannot be watched at the moment: \($0)") },
            sleep: sleep
        )
        tasks.updateValue(Task { await poller.run() }, forKey: uri)?.cancel()
    }

    func end(_ uri: String) {
        tasks.removeValue(forKey: uri)?.cancel()
    }

    /// Ends all of them; none begins any more.
    func endAll() {
        isOver = true
        for task in tasks.values { task.cancel() }
        tasks = [:]
    }
}
