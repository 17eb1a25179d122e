// SPDX-License-Identifier: Apache-2.0

extension LabServer {
    /// What collecting `flow` gave. An artifact the lab has no rows for fails and says so: no rows would be a claim.
    func outcome(of flow: Flow, on client: String, finished: Instant, in state: State) -> Flow.Outcome {
        let wasQuarantined = state.clients[client]?.isQuarantined ?? false
        var outcome = Flow.Outcome(sources: [], finished: finished, wasQuarantined: wasQuarantined)
        for name in flow.request.artifacts {
            guard let artifact = Self.artifact(name, in: state) else { continue }
            for source in artifact.resultNames {
                outcome.sources.append(self.outcome(of: source, artifact, flow, outcome, in: state))
            }
            if let effect = quarantine(by: artifact, flow, outcome, in: state) { outcome.quarantine = effect }
        }
        return outcome
    }

    private func quarantine(
        by artifact: ArtifactDefinition,
        _ flow: Flow,
        _ outcome: Flow.Outcome,
        in state: State
    ) -> Bool? {
        guard ArtifactCollector.isQuarantine(artifact.name), let client = state.clients[flow.request.clientID],
            let endpoint = client.endpoint, artifact.runs(on: endpoint.system)
        else { return nil }
        return site(of: flow, artifact, outcome, endpoint).quarantineEffect
    }

    private func outcome(
        of source: String,
        _ artifact: ArtifactDefinition,
        _ flow: Flow,
        _ whole: Flow.Outcome,
        in state: State
    ) -> Flow.SourceOutcome {
        var outcome = Flow.SourceOutcome(name: source, artifact: artifact.name, rows: 0)
        guard let endpoint = state.clients[flow.request.clientID]?.endpoint else {
            if artifact.name != "Server.Information.Users" { outcome.failure = Self.noRows(artifact.name) }
            return outcome
        }
        guard artifact.isClientArtifact, artifact.runs(on: endpoint.system) else {
            outcome.wasSkipped = true
            return outcome
        }
        guard let collected = ArtifactCollector.all[artifact.name]?.source(source) else {
            outcome.failure = Self.noRows(artifact.name)
            return outcome
        }
        guard collected.systems.contains(endpoint.system) else {
            outcome.wasSkipped = true
            return outcome
        }
        let site = site(of: flow, artifact, whole, endpoint)
        outcome.rows = collected.results(site).count
        outcome.uploads = collected.uploads(site)
        return outcome
    }

    private static func noRows(_ artifact: String) -> String {
        "The lab has no rows for \(artifact): it stands in for a server and keeps data for a choice of artifacts only"
    }

    /// The rows of one source of a flow; made anew each time, from the client as it was when the flow ended.
    func rows(of flow: Flow, source: String, in state: State) -> ResultRows {
        guard let outcome = flow.outcome, let ended = outcome.sources.first(where: { $0.name == source }),
            ended.rows > 0, let artifact = Self.artifact(ended.artifact, in: state),
            let endpoint = state.clients[flow.request.clientID]?.endpoint,
            let collected = ArtifactCollector.all[artifact.name]?.source(source)
        else { return .none }
        return collected.results(site(of: flow, artifact, outcome, endpoint))
    }

    private func site(
        of flow: Flow,
        _ artifact: ArtifactDefinition,
        _ outcome: Flow.Outcome,
        _ endpoint: Endpoint
    ) -> ArtifactCollector.Site {
        // The story is told from the lab's start, so that it stands still while the lab runs.
        var machine = endpoint.machine(endpoint, start)
        if outcome.wasQuarantined { machine.dropConnections() }
        return ArtifactCollector.Site(
            endpoint: endpoint,
            machine: machine,
            now: outcome.finished,
            parameters: flow.request.parameters(of: artifact.name),
            artifact: artifact.name
        )
    }
}

extension ArtifactCollector {
    /// The source whose results are kept as `name`.
    fileprivate func source(_ name: String) -> Source? {
        sources.first { ($0.name.isEmpty ? artifact : "\(artifact)/\($0.name)") == name }
    }
}

extension Machine {
    /// Leaves the sockets that a quarantined machine still has: those that only listen.
    fileprivate mutating func dropConnections() { sockets.removeAll { $0.status != "LISTEN" } }
}
