// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabServer {
    /// What a client looks like now; `nil` for an id that is not known.
    func clientRow(_ id: String) -> VQLRow? {
        var found: VQLRow?
        forEachClient(matching: ClientSearch(client: id)) { found = $0 }
        return found
    }

    /// Hands the clients that `search` finds to `body`, in the order of their ids, as they are at this moment.
    ///
    /// Rows are made one by one: fifty thousand at once would be heavy.
    func forEachClient(matching search: ClientSearch, _ body: (VQLRow) throws -> Void) rethrows {
        let (records, inFlight, now) = withState { state, now in
            (self.records(matching: search, in: state), self.inFlight(in: state, now), now)
        }
        for record in records {
            try body(record.row(start: start, now: now, inFlight: inFlight[record.id] ?? []))
        }
    }

    private func records(matching search: ClientSearch, in state: State) -> [ClientRecord] {
        if let id = search.identifier { return state.clients[id].map { [$0] } ?? [] }
        return state.clientIDs.compactMap { state.clients[$0] }.filter(search.accepts)
    }

    /// The flows that clients have taken up and not finished, by client.
    private func inFlight(in state: State, _ now: Instant) -> [String: [(flow: String, since: Int64)]] {
        var found: [String: [(flow: String, since: Int64)]] = [:]
        for (client, id) in state.open {
            guard let flow = state.flows[client]?.first(where: { $0.id == id }), let schedule = flow.schedule,
                schedule.start <= now
            else { continue }
            found[client, default: []].append((id, schedule.start.seconds))
        }
        return found
    }

    // MARK: - Changes

    enum LabelOperation: String {
        case set
        case remove
        case check
    }

    /// Does what `label()` does: an unknown client is made up, as the real server does it.
    ///
    /// - Returns: for ``LabelOperation/check`` whether the client has all of the labels; true for the others.
    func label(_ client: String, _ labels: [String], _ operation: LabelOperation) -> Bool {
        withState { state, now in
            switch operation {
            case .check:
                let present = Set(state.clients[client]?.labels.map { $0.lowercased() } ?? [])
                return labels.allSatisfy { present.contains($0.lowercased()) }
            case .set:
                set(labels, on: client, in: &state, now)
                // A hunt that asks for the label runs on the client from now on.
                scheduleHunts(in: &state, at: now)
            case .remove:
                let gone = Set(labels.map { $0.lowercased() })
                state.clients[client]?.labels.removeAll { gone.contains($0.lowercased()) }
                state.clients[client]?.lastLabelled = now
            }
            return true
        }
    }

    private func set(_ labels: [String], on client: String, in state: inout State, _ now: Instant) {
        if state.clients[client] == nil {
            state.clients[client] = ClientRecord(ghost: client, labels: [])
            state.clientIDs.insert(client, at: state.clientIDs.firstIndex { $0 > client } ?? state.clientIDs.endIndex)
        }
        for label in labels where state.clients[client]?.labels.contains(label) == false {
            state.clients[client]?.labels.append(label)
        }
        // The record of a ghost stays empty but for its labels.
        if state.clients[client]?.endpoint != nil { state.clients[client]?.lastLabelled = now }
    }

    func metadata(of client: String) -> [CollectionRequest.Parameter]? {
        withState { state, _ in state.clients[client]?.metadata }
    }

    func setMetadata(of client: String, _ values: [CollectionRequest.Parameter]) {
        withState { state, _ in
            for value in values {
                state.clients[client]?.metadata.removeAll { $0.name == value.name }
                state.clients[client]?.metadata.append(value)
            }
        }
    }

    /// Removes a client with its flows. The result is the flows it had.
    func delete(_ client: String) -> [Flow]? {
        withState { state, _ in
            guard state.clients.removeValue(forKey: client) != nil else { return nil }
            state.clientIDs.removeAll { $0 == client }
            return state.flows.removeValue(forKey: client) ?? []
        }
    }
}
