// SPDX-License-Identifier: Apache-2.0

import JSONValue
import VQLEvaluator

extension LabServer {
    /// A hunt as VQL shows it.
    func huntRows(where accepts: (Hunt) -> Bool = { _ in true }) -> [VQLRow] {
        withState { state, now in
            state.hunts.filter(accepts).map { hunt in
                hunt.row(progress: progress(of: hunt, in: state), artifacts: definitions(of: hunt, in: state))
            }
        }
    }

    func hunt(_ id: String) -> Hunt? {
        withState { state, _ in state.hunts.first { $0.id == id } }
    }

    func progress(of hunt: Hunt) -> HuntProgress {
        withState { state, _ in progress(of: hunt, in: state) }
    }

    /// The flows of a hunt in the order in which they were scheduled.
    func flows(of hunt: Hunt) -> [Flow] {
        withState { state, _ in flows(of: hunt, in: state) }
    }

    func definitions(of hunt: Hunt) -> [ArtifactDefinition] {
        withState { state, _ in definitions(of: hunt, in: state) }
    }

    private func flows(of hunt: Hunt, in state: State) -> [Flow] {
        hunt.clients.compactMap { client in state.flows[client]?.first { $0.id == hunt.flowID } }
    }

    private func progress(of hunt: Hunt, in state: State) -> HuntProgress {
        HuntProgress(flows: flows(of: hunt, in: state))
    }

    private func definitions(of hunt: Hunt, in state: State) -> [ArtifactDefinition] {
        hunt.request.artifacts.compactMap { Self.artifact($0, in: state) }
    }

    // MARK: - Changes

    /// Creates a hunt and starts it unless it is paused.
    ///
    /// - Throws: ``VQLFailure`` for an artifact that does not exist.
    func createHunt(
        _ request: CollectionRequest,
        description: String,
        condition: Hunt.Condition,
        expires: Instant?,
        tags: [String],
        isPaused: Bool
    ) throws -> Hunt {
        try withState { state, now in
            for name in request.artifacts where Self.artifact(name, in: state) == nil {
                throw VQLFailure("Unknown artifact \(name)")
            }
            var hunt = Hunt(
                id: newIdentifier("H.D", in: &state),
                organization: organization.id,
                created: now,
                creator: request.creator,
                expires: expires ?? now.after(.days(7)),
                description: description,
                tags: tags,
                request: request,
                condition: condition,
                state: .paused
            )
            hunt.request.flowID = hunt.flowID
            if !isPaused {
                hunt.state = .running
                hunt.started = now
            }
            state.hunts.append(hunt)
            let created = hunt
            scheduleHunts(in: &state, at: now)
            return created
        }
    }

    enum HuntChange: Sendable {
        case start
        case stop
        /// A running hunt cannot be paused: the server stops it instead.
        case pause
        case describe(String)
        case expire(Instant)
        case tag(add: [String], remove: [String])
    }

    /// Changes a hunt; an unknown one is passed over in silence, as the server does. A stopped hunt can start again.
    func change(_ id: String, _ change: HuntChange) {
        withState { state, now in
            guard let place = state.hunts.firstIndex(where: { $0.id == id }) else { return }
            state.hunts[place].version = now.microseconds * 1000
            switch change {
            case .start:
                state.hunts[place].state = .running
                state.hunts[place].started = now
            case .stop: state.hunts[place].state = .stopped
            case .pause: if state.hunts[place].state == .running { state.hunts[place].state = .stopped }
            case .describe(let text): state.hunts[place].description = text
            case .expire(let time): state.hunts[place].expires = time
            case .tag(let added, let removed):
                state.hunts[place].tags.removeAll(where: removed.contains)
                for tag in added where !state.hunts[place].tags.contains(tag) { state.hunts[place].tags.append(tag) }
            }
            scheduleHunts(in: &state, at: now)
        }
    }

    /// Schedules a hunt on one more client.
    func add(_ client: String, to id: String) {
        withState { state, now in
            guard let place = state.hunts.firstIndex(where: { $0.id == id }),
                !state.hunts[place].clients.contains(client)
            else { return }
            schedule(hunt: place, on: client, in: &state, at: now)
        }
    }

    func deleteHunt(_ id: String) {
        withState { state, _ in state.hunts.removeAll { $0.id == id } }
    }

    /// Stops the running hunts whose time is over.
    func expireHunts(in state: inout State, at now: Instant) {
        for place in state.hunts.indices
        where state.hunts[place].state == .running && state.hunts[place].expires <= now {
            state.hunts[place].state = .stopped
        }
    }

    /// Gives every running hunt to the clients that are online, match and do not have it yet.
    func scheduleHunts(in state: inout State, at now: Instant) {
        expireHunts(in: &state, at: now)
        for place in state.hunts.indices where state.hunts[place].state == .running {
            let known = Set(state.hunts[place].clients)
            for client in onlineClients(taking: state.hunts[place].condition, in: state)
            where !known.contains(client) {
                schedule(hunt: place, on: client, in: &state, at: now)
            }
        }
    }

    /// How many clients a hunt of this condition could reach, those that are silent now included.
    ///
    /// - Parameter lastActive: only clients heard of within this many seconds; 0 for all.
    func estimate(_ condition: Hunt.Condition, lastActive: UInt64) -> Int {
        withState { state, now in
            state.clients.values.count { record in
                guard let seen = record.lastSeen(start: start, now: now), condition.accepts(record) else {
                    return false
                }
                return lastActive == 0 || seen >= now.before(.seconds(Int64(clamping: lastActive)))
            }
        }
    }

    /// The clients that are online and match, in the order of their ids.
    func onlineClients(taking condition: Hunt.Condition, in state: State) -> [String] {
        state.clientIDs.filter { id in
            guard let record = state.clients[id], record.isOnline else { return false }
            return condition.accepts(record)
        }
    }

    private func schedule(hunt place: Int, on client: String, in state: inout State, at now: Instant) {
        state.hunts[place].clients.append(client)
        state.hunts[place].version = now.microseconds * 1000
        var request = state.hunts[place].request
        request.clientID = client
        schedule(request, in: &state, at: now)
    }
}

extension Hunt.Condition {
    func accepts(_ record: ClientRecord) -> Bool {
        if let system, record.endpoint?.system != system { return false }
        let labels = Set(record.labels.map { $0.lowercased() })
        if excludedLabels.contains(where: { labels.contains($0.lowercased()) }) { return false }
        return includedLabels.isEmpty || includedLabels.contains { labels.contains($0.lowercased()) }
    }
}
