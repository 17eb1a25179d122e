// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Proposes values for an argument, by its name: the ids, names and labels that the server has.
///
/// What a person has typed travels beside the query, never in it.
struct Proposals: Sendable {
    let client: VelociraptorClient
    /// The arguments that have their values already.
    let settled: [String: String]
    var timeout: Duration = .seconds(10)

    /// One more than a completion may hold, to know whether there are more.
    private static let wanted = 101

    /// - Throws: whatever keeps the server from answering; no proposals means that nothing fits.
    func callAsFunction(_ argument: String, _ typed: String) async throws(MegaraptorError) -> Completion {
        switch argument {
        case "client_id": Completion(values: try await clients(typed))
        case "hunt_id": Completion(values: try await hunts(typed))
        case "flow_id": Completion(values: try await flows(typed))
        case "artifact", "artifact_name": all(try await artifacts(), typed)
        case "org_id": Completion(values: try await organizations(typed))
        case "label", "labels": try await labels(typed)
        case "parameter": all(try await parameters(), typed)
        default: Completion(values: [])
        }
    }

    private var organization: String? { settled["org_id"] }

    // MARK: - What the server finds

    /// The ids of clients whose id or host name begins so.
    private func clients(_ typed: String) async throws(MegaraptorError) -> [String] {
        // No name holds a colon; for the server it would be a search of another kind.
        guard !typed.contains(":") else { return [] }
        guard !typed.isEmpty else { return try await clients(search: "") }
        var found: [String] = []
        let id = typed.uppercased().hasPrefix("C.") ? "C." + typed.dropFirst(2).lowercased() : typed
        if "C.".hasPrefix(id) || id.hasPrefix("C.") { found = try await clients(search: "C.\(id.dropFirst(2))*") }
        for other in try await clients(search: "host:\(typed)*") where !found.contains(other) { found.append(other) }
        return found
    }

    private func clients(search: String) async throws(MegaraptorError) -> [String] {
        let source = search.isEmpty ? "clients()" : "clients(search=Search)"
        return try await column(
            "client_id",
            "SELECT client_id FROM \(source) LIMIT \(Self.wanted)",
            [VQLQuery.Variable("Search", search)]
        )
    }

    private func hunts(_ typed: String) async throws(MegaraptorError) -> [String] {
        try await column(
            "hunt_id",
            "SELECT hunt_id, create_time FROM hunts() WHERE hunt_id =~ Prefix ORDER BY create_time DESC LIMIT \(Self.wanted)",
            [Self.prefix(typed)]
        )
    }

    /// The flows of the client that is settled; without one there is nothing to propose.
    private func flows(_ typed: String) async throws(MegaraptorError) -> [String] {
        guard let id = settled["client_id"], ResourceIdentifier.clientOrServer.fits(id) else { return [] }
        return try await column(
            "session_id",
            """
            SELECT session_id, create_time FROM flows(client_id=ClientId) WHERE session_id =~ Prefix \
            ORDER BY create_time DESC LIMIT \(Self.wanted)
            """,
            [VQLQuery.Variable("ClientId", id), Self.prefix(typed)]
        )
    }

    /// The ids of organisations whose id or name begins so. Never more than those two are asked for.
    private func organizations(_ typed: String) async throws(MegaraptorError) -> [String] {
        try await column(
            "OrgId",
            "SELECT OrgId, Name FROM orgs() WHERE OrgId =~ Prefix OR Name =~ Prefix LIMIT \(Self.wanted)",
            [Self.prefix(typed)],
            organization: nil
        )
    }

    /// The labels of clients; beyond so many sets of labels there may be more of them.
    private func labels(_ typed: String) async throws(MegaraptorError) -> Completion {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT labels FROM clients(search=Search) GROUP BY labels",
                [VQLQuery.Variable("Search", "label:\(typed)*")],
                effect: .reads,
                organization: organization,
                timeout: timeout
            )
        )
        var completion = all(Set(rows.values.flatMap { $0["labels"]?.strings ?? [] }).sorted(), typed, inside: false)
        completion.hasMore = completion.hasMore || rows.isCapped
        return completion
    }

    private func artifacts() async throws(MegaraptorError) -> [String] {
        try await ArtifactLookup(client: client, organization: organization, timeout: timeout).names()
    }

    /// The parameters of the artifact that is settled; without one there is nothing to propose.
    private func parameters() async throws(MegaraptorError) -> [String] {
        guard let artifact = settled["artifact_name"] ?? settled["artifact"], ResourceIdentifier.artifact.fits(artifact)
        else { return [] }
        return try await ArtifactLookup(client: client, organization: organization, timeout: timeout)
            .definitions([artifact]).flatMap { $0.parameters.map(\.name) }
    }

    // MARK: -

    private func column(
        _ name: String,
        _ query: String,
        _ variables: [VQLQuery.Variable]
    ) async throws(MegaraptorError) -> [String] {
        try await column(name, query, variables, organization: organization)
    }

    private func column(
        _ name: String,
        _ query: String,
        _ variables: [VQLQuery.Variable],
        organization: String?
    ) async throws(MegaraptorError) -> [String] {
        let rows = try await client.rows(
            VQLQuery(query, variables, effect: .reads, organization: organization, timeout: timeout)
        )
        return rows.values.compactMap { $0[name]?.stringValue }
    }

    /// A pattern for what begins with the text, whatever its characters mean. Patterns of the server ignore case.
    private static func prefix(_ typed: String) -> VQLQuery.Variable {
        VQLQuery.Variable("Prefix", "^" + RegularExpression.matching(typed))
    }

    /// Those of all names that fit, whatever the case: first those that begin so, then those that hold it elsewhere.
    private func all(_ names: [String], _ typed: String, inside: Bool = true) -> Completion {
        let typed = typed.lowercased()
        let beginning = names.filter { $0.lowercased().hasPrefix(typed) }
        let holding = names.filter { name in
            let name = name.lowercased()
            return inside && !name.hasPrefix(typed) && name.firstRange(of: typed) != nil
        }
        return Completion(values: beginning + holding, total: beginning.count + holding.count)
    }
}
