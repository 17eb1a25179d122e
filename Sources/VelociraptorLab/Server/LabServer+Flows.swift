// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabServer {
    /// A client's flows, the oldest first. Throws where the server says that it does not know the client.
    func flows(of client: String) throws -> [Flow] {
        try withState { state, _ in
            try requireClient(client, in: state)
            seedFlows(of: client, in: &state)
            return state.flows[client] ?? []
        }
    }

    func flow(_ id: String, of client: String) -> Flow? {
        withState { state, _ in
            seedFlows(of: client, in: &state)
            return state.flows[client]?.first { $0.id == id }
        }
    }

    /// The rows of one source of a flow; none for what does not exist.
    func results(of source: String, flow id: String, client: String) -> ResultRows {
        withState { state, _ in
            seedFlows(of: client, in: &state)
            guard let flow = state.flows[client]?.first(where: { $0.id == id }) else { return .none }
            return rows(of: flow, source: source, in: state)
        }
    }

    /// The upload that the server keeps under a path `fs:/clients/…`.
    func upload(at path: String) -> Upload? {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 6, parts[1] == "clients", parts[3] == "collections" else { return nil }
        return flow(parts[4], of: parts[2])?.uploads.first { $0.storedPath(client: parts[2], flow: parts[4]) == path }
    }

    /// Queues a collection and gives its request back with the ids filled in.
    ///
    /// - Throws: ``VQLFailure`` for a client or an artifact that does not exist, and for an empty list.
    func collect(_ request: CollectionRequest) throws -> CollectionRequest {
        try withState { state, now in
            guard !request.artifacts.isEmpty else { throw VQLFailure("no artifacts to collect!") }
            if request.clientID != "server" {
                guard state.clients[request.clientID] != nil else { throw Self.unknownClient(request.clientID) }
            }
            for name in request.artifacts where Self.artifact(name, in: state) == nil {
                throw VQLFailure("Unknown artifact \(name)")
            }
            var request = request
            request.flowID = newIdentifier("F.D", in: &state)
            schedule(request, in: &state, at: now)
            return request
        }
    }

    /// Does what `cancel_flow()` does: it never fails, and it turns even a finished flow into an error.
    ///
    /// - Parameter canceller: a user, or `VQL query`.
    func cancel(_ id: String, of client: String, by canceller: String = "VQL query") {
        withState { state, now in
            seedFlows(of: client, in: &state)
            guard let place = state.flows[client]?.firstIndex(where: { $0.id == id }) else { return }
            state.flows[client]?[place].cancellation = Flow.Cancellation(by: canceller, at: now)
        }
    }

    /// How many flows are done, for whoever waits for the next.
    func completedFlows() -> [(client: String, flow: Flow)] {
        withState { state, _ in
            state.flows.flatMap { client, flows in flows.filter { $0.outcome != nil }.map { (client, $0) } }
        }
    }

    func newIdentifier(_ prefix: String, in state: inout State) -> String {
        prefix + state.identifiers.identifier(12)
    }

    private func requireClient(_ id: String, in state: State) throws {
        guard id == "server" || state.clients[id] != nil else {
            throw VQLFailure("unable to get client \(id): \(Self.unknownClient(id).message)")
        }
    }

    static func unknownClient(_ id: String) -> VQLFailure {
        VQLFailure("Client ID \(id) not known in this org: NotFoundError")
    }
}
