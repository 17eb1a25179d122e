// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Starts the usual first look at an endpoint as one collection.
struct TriageClient: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var clientID: String
        var includesSlow = false
        var isUrgent = false
        var organization: String?
    }

    let collect: CollectArtifact

    func callAsFunction(
        _ request: Request,
        wait: Duration? = nil,
        report: (FlowState, Duration) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> FlowReport {
        let client = try await GetClientInfo(client: collect.client)(
            request.clientID,
            organization: request.organization,
            timeout: collect.timeout
        )
        let presence = ClientPresence(client)
        let wanted = try Self.items(for: presence, request)
        let known = try await definitions(of: wanted, request.organization)
        let chosen = wanted.filter { known[$0.artifact] != nil }
        guard !chosen.isEmpty else { throw Self.nothingKnown(presence.system) }
        let plan = try CollectionPlan(
            CollectionRequest(
                clientID: request.clientID,
                artifacts: chosen.map(\.artifact),
                parameters: Self.parameters(chosen),
                isUrgent: request.isUrgent,
                organization: request.organization
            ),
            chosen.compactMap { known[$0.artifact] },
            presence
        )
        var told = try await collect.start(plan, wait: wait, report: report)
        told.addTriage(chosen, missing: wanted.map(\.artifact).filter { known[$0] == nil })
        return told
    }

    private static func items(
        for client: ClientPresence,
        _ request: Request
    ) throws(MegaraptorError) -> [TriageProfile.Item] {
        guard let profile = TriageProfile(system: client.system) else {
            let system = client.system.isEmpty ? "no system: it never told" : client.system
            throw MegaraptorError(
                .failedPrecondition,
                "There is no triage for this client: it runs \(VisibleText.escape(system)).",
                hint: "Triage knows windows, linux and darwin. collect_artifact takes any artifacts. Nothing was sent."
            )
        }
        return profile.items.filter { request.includesSlow || !$0.isSlow }
    }

    /// What the server knows of the artifacts; servers of other versions have others.
    private func definitions(
        of items: [TriageProfile.Item],
        _ organization: String?
    ) async throws(MegaraptorError) -> [String: ArtifactDefinition] {
        let lookup = ArtifactLookup(client: collect.client, organization: organization, timeout: collect.timeout)
        let rows = try await lookup.rows(items.map(\.artifact))
        let definitions = rows.map(ArtifactDefinition.init(row:))
        return Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func parameters(_ items: [TriageProfile.Item]) -> JSONObject {
        JSONObject(items.filter { !$0.parameters.isEmpty }.map { ($0.artifact, .object($0.parameters)) })
    }

    private static func nothingKnown(_ system: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "This server has none of the built-in artifacts for the triage of \(system).",
            hint: "find_artifact shows what it has. Nothing was sent."
        )
    }
}

extension FlowReport {
    /// Which artifacts were chosen and why, and which the server lacks.
    fileprivate mutating func addTriage(_ items: [TriageProfile.Item], missing: [String]) {
        json["why"] = .object(JSONObject(items.map { ($0.artifact, .string($0.why)) }))
        json["missing_artifacts"] = .array(missing.map(JSONValue.string))
        sentences.insert("Triage with \(items.count) artifacts in one collection.", at: 0)
        if !missing.isEmpty {
            sentences.append("Left out, for this server does not know them: \(missing.joined(separator: ", ")).")
        }
    }
}
