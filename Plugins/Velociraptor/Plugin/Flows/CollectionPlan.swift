// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// A collection that was checked against what the server knows, and is not sent yet.
///
/// The server takes unknown clients that somebody labelled, artifacts of any type and undeclared parameters without a
/// word: all of that is refused here.
struct CollectionPlan: Sendable {
    let request: CollectionRequest
    /// In the order of the request, each once.
    let definitions: [ArtifactDefinition]
    let parameters: ArtifactParameters
    /// `nil` for the server itself.
    let presence: ClientPresence?
    /// What will not work, though the rest does.
    let notes: [String]

    /// Asks the server for the client and the artifacts.
    ///
    /// - Throws: `not_found` for an unknown client or artifact, `invalid_argument` for an artifact of a wrong type or an
    ///   undeclared parameter, `failed_precondition` where no artifact runs on the client's system.
    init(_ request: CollectionRequest, client: VelociraptorClient, timeout: Duration) async throws(MegaraptorError) {
        let presence =
            request.isForServer
            ? nil
            : ClientPresence(
                try await GetClientInfo(client: client)(
                    request.clientID,
                    organization: request.organization,
                    timeout: timeout
                )
            )
        let lookup = ArtifactLookup(client: client, organization: request.organization, timeout: timeout)
        var names: [String] = []
        for name in request.artifacts where !names.contains(name) { names.append(name) }
        try self.init(request, try await lookup.definitions(names), presence)
    }

    init(
        _ request: CollectionRequest,
        _ definitions: [ArtifactDefinition],
        _ presence: ClientPresence?
    ) throws(MegaraptorError) {
        for definition in definitions { try Self.check(definition, isForServer: request.isForServer) }
        self.request = request
        self.definitions = definitions
        self.presence = presence
        parameters = try ArtifactParameters(request.parameters, definitions)
        notes = try Self.preconditions(of: definitions, on: presence?.system ?? "")
    }

    private static func check(_ artifact: ArtifactDefinition, isForServer: Bool) throws(MegaraptorError) {
        let wanted = isForServer ? "server" : "client"
        guard artifact.type != wanted else { return }
        let reason =
            switch artifact.type {
            case "server": "runs on the server, not on a client"
            case "client": "runs on clients, not on the server"
            case "client_event", "server_event": "watches events for as long as it runs: it cannot be collected"
            case "notebook": "belongs into notebooks: it cannot be collected"
            default: "is of type \(artifact.type), for the server's own use"
            }
        throw MegaraptorError(
            .invalidArgument,
            "\(artifact.name) \(reason).",
            hint: artifact.type == "server"
                ? "Collect it with client_id: server. Nothing was sent."
                : "Choose artifacts of type \(wanted), which find_artifact shows. Nothing was sent."
        )
    }

    /// What is to be said of artifacts that cannot run.
    private static func preconditions(
        of definitions: [ArtifactDefinition],
        on system: String
    ) throws(MegaraptorError) -> [String] {
        let others = definitions.filter { !$0.mayRun(on: system) }
        let notes = others.map { artifact in
            """
            \(artifact.name) gives no rows here: its precondition asks for \
            \(artifact.systems.sorted().joined(separator: " or ")), and this client runs \(system).
            """
        }
        guard !others.isEmpty, others.count == definitions.count else { return notes }
        throw MegaraptorError(
            .failedPrecondition,
            notes.joined(separator: " "),
            hint: "Nothing was sent. find_artifact finds artifacts for \(system)."
        )
    }
}
