// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The stand-in server as one organisation sees it: its clients, what was collected from them, its hunts.
///
/// Everything is computed when somebody asks: ``withState(_:)`` first moves the flows on to the present. Safe to use
/// from any thread.
final class LabServer: Sendable {
    struct Options: Sendable {
        var organization = Organization.root
        var fleet: Fleet
        /// From the request for a collection to its results, on a client that is online.
        var collectionTime: Span = .milliseconds(400)
        var now: @Sendable () -> Instant = Instant.now
    }

    struct State: Sendable {
        var clients: [String: ClientRecord]
        /// The ids of ``clients``, sorted: the order in which they are listed.
        var clientIDs: [String]
        var flows: [String: [Flow]] = [:]
        /// The clients whose interrogation stands in ``flows``.
        var interrogated: Set<String> = []
        /// Flows that are not done yet: client and flow id.
        var open: [(client: String, flow: String)] = []
        var hunts: [Hunt] = []
        var artifacts: [String: ArtifactDefinition] = [:]
        var identifiers: Invented
    }

    let organization: Organization
    /// When the lab began; the fleet's past counts from here.
    let start: Instant
    private let options: Options
    private let state: Mutex<State>

    init(_ options: Options) {
        self.options = options
        organization = options.organization
        start = options.now()
        let records = options.fleet.endpoints.map { [start] in ClientRecord(endpoint: $0, start: start) }
        state = Mutex(
            State(
                clients: Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
                clientIDs: records.map(\.id).sorted(),
                identifiers: Invented("ids of \(organization.id) from \(start.microseconds)")
            )
        )
        state.withLock { [start] state in
            for event in options.fleet.history { add(event, to: &state, before: start) }
        }
    }

    var now: Instant { options.now() }

    /// Looks at or changes the state as it is at this moment.
    func withState<Result>(_ body: (inout State, Instant) throws -> Result) rethrows -> Result {
        let now = options.now()
        return try state.withLock { state in
            advance(&state, to: now)
            return try body(&state, now)
        }
    }

    /// An artifact by name: one that was set over the API first, then a built-in.
    static func artifact(_ name: String, in state: State) -> ArtifactDefinition? {
        state.artifacts[name] ?? BuiltInArtifacts.byName[name]
    }

    func artifact(_ name: String) -> ArtifactDefinition? {
        if let builtIn = BuiltInArtifacts.byName[name] { return builtIn }
        return state.withLock { $0.artifacts[name] }
    }

    // MARK: - Time

    /// Completes the flows whose time has come, and stops the hunts whose time is over.
    private func advance(_ state: inout State, to now: Instant) {
        expireHunts(in: &state, at: now)
        guard !state.open.isEmpty else { return }
        let open = state.open
        state.open = open.filter { !isClosed($0.flow, of: $0.client, in: &state, now) }
    }

    /// Whether a flow is done; if its time has come, it is done now.
    private func isClosed(_ id: String, of client: String, in state: inout State, _ now: Instant) -> Bool {
        guard let place = state.flows[client]?.firstIndex(where: { $0.id == id }),
            let flow = state.flows[client]?[place],
            flow.isOpen
        else { return true }
        guard let schedule = flow.schedule, schedule.end <= now else { return false }
        let outcome = outcome(of: flow, on: client, finished: schedule.end, in: state)
        state.flows[client]?[place].outcome = outcome
        if let isQuarantined = outcome.quarantine { state.clients[client]?.isQuarantined = isQuarantined }
        return true
    }

    /// Puts a new flow on a client; one that is silent keeps it queued.
    func schedule(_ request: CollectionRequest, in state: inout State, at now: Instant) {
        var flow = Flow(request: request, created: now)
        let isReachable = request.clientID == "server" || state.clients[request.clientID]?.isOnline == true
        if isReachable {
            let wait = options.collectionTime.microseconds
            flow.schedule = (
                now.after(Span(microseconds: wait / 2)), now.after(Span(microseconds: wait))
            )
        }
        state.flows[request.clientID, default: []].append(flow)
        state.open.append((request.clientID, request.flowID))
    }

    /// A client's flows begin with its interrogation, which is made up the first time that anybody looks: to make it
    /// for fifty thousand clients would take long.
    func seedFlows(of client: String, in state: inout State) {
        guard let record = state.clients[client], let firstSeen = record.firstSeen,
            state.interrogated.insert(client).inserted
        else { return }
        var request = CollectionRequest(creator: "InterrogationService", artifacts: ["Generic.Client.Info"])
        request.clientID = client
        request.flowID = record.interrogation
        var flow = Flow(request: request, created: firstSeen)
        let end = firstSeen.after(.milliseconds(180))
        flow.schedule = (firstSeen.after(.milliseconds(20)), end)
        flow.outcome = outcome(of: flow, on: client, finished: end, in: state)
        state.flows[client, default: []].insert(flow, at: 0)
    }
}
