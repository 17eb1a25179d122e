// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabServer {
    /// What a client looks like now; `nil` for an id that is not known.
    func clientRow(_ id: String) -> VQLRow? {
        withState { state, now in state.clients[id].map { row(of: $0, in: state, now) } }
    }

    /// The clients that `search` finds, in the order of their ids.
    func clients(matching search: ClientSearch) -> [VQLRow] {
        withState { state, now in
            var rows: [VQLRow] = []
            for id in state.clientIDs {
                guard let record = state.clients[id], search.accepts(record) else { continue }
                rows.append(row(of: record, in: state, now))
            }
            return rows
        }
    }

    func records(matching search: ClientSearch) -> [ClientRecord] {
        withState { state, _ in state.clientIDs.compactMap { state.clients[$0] }.filter(search.accepts) }
    }

    func row(of record: ClientRecord, in state: State, _ now: Instant) -> VQLRow {
        record.row(start: start, now: now, inFlight: inFlight(of: record, in: state, now))
    }

    /// The flows a client has taken up and not finished.
    func inFlight(of record: ClientRecord, in state: State, _ now: Instant) -> [(flow: String, since: Int64)] {
        (state.flows[record.id] ?? []).compactMap { flow in
            guard flow.isOpen, let schedule = flow.schedule, schedule.start <= now else { return nil }
            return (flow.id, schedule.start.seconds)
        }
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
            case .set: set(labels, on: client, in: &state, now)
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
