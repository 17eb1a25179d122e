// SPDX-License-Identifier: Apache-2.0

extension LabServer {
    /// Writes into the state what was done before `start`. The ids come from the event, so they are the same each time.
    func add(_ event: PastEvent, to state: inout State, before start: Instant) {
        switch event {
        case .collection(let host, let artifacts, let parameters, let creator, let ago, let isCancelled):
            guard let client = state.clients.values.first(where: { $0.endpoint?.hostname == host })?.id else { return }
            var invented = Invented("past flow \(host) \(artifacts)")
            var request = CollectionRequest(creator: creator, clientID: client, artifacts: artifacts)
            request.flowID = "F.D" + invented.identifier(12)
            if let first = artifacts.first, !parameters.isEmpty {
                request.specifications = [.init(artifact: first, parameters: parameters)]
            }
            addPast(request, at: start.before(ago), to: &state)
            if isCancelled { cancelLast(of: client, at: start.before(ago).after(.seconds(9)), in: &state) }
        case .hunt(let description, let artifacts, let condition, let creator, let ago, let huntState):
            var invented = Invented("past hunt \(description)")
            let created = start.before(ago)
            var hunt = Hunt(
                id: "H.D" + invented.identifier(12),
                organization: organization.id,
                created: created,
                creator: creator,
                started: huntState == .paused ? nil : created,
                expires: created.after(.days(7)),
                description: description,
                request: CollectionRequest(creator: creator, artifacts: artifacts),
                condition: condition,
                state: huntState
            )
            hunt.request.flowID = hunt.flowID
            if huntState != .paused { schedulePast(&hunt, in: &state) }
            state.hunts.append(hunt)
        }
    }

    private func schedulePast(_ hunt: inout Hunt, in state: inout State) {
        hunt.version = hunt.created.microseconds * 1000
        hunt.clients = onlineClients(taking: hunt.condition, in: state)
        for client in hunt.clients {
            var request = hunt.request
            request.clientID = client
            addPast(request, at: hunt.created, to: &state)
        }
    }

    /// A flow of the past is done, unless its client is silent.
    private func addPast(_ request: CollectionRequest, at created: Instant, to state: inout State) {
        seedFlows(of: request.clientID, in: &state)
        var flow = Flow(request: request, created: created)
        if state.clients[request.clientID]?.isOnline == true {
            let end = created.after(.milliseconds(740))
            flow.schedule = (created.after(.milliseconds(310)), end)
            flow.outcome = outcome(of: flow, on: request.clientID, finished: end, in: state)
        }
        state.flows[request.clientID, default: []].append(flow)
        state.flows[request.clientID]?.sort { $0.created < $1.created }
    }

    private func cancelLast(of client: String, at time: Instant, in state: inout State) {
        guard let last = state.flows[client]?.indices.last else { return }
        state.flows[client]?[last].cancellation = Flow.Cancellation(by: "VQL query", at: time)
    }
}
