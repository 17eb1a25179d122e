// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The collection that quarantines a client.
struct QuarantineFlow: Sendable {
    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    private static let mostRows = 20
    private static let mostLines = 20

    /// Queues the collection, once.
    ///
    /// - Returns: the id of the flow.
    func start(
        _ id: String,
        _ artifact: String,
        isRelease: Bool,
        message: String?
    ) async throws(MegaraptorError) -> String {
        let definitions = try await ArtifactLookup(client: client, organization: organization, timeout: timeout)
            .definitions([artifact])
        var given: JSONObject = [:]
        if isRelease { given["RemovePolicy"] = true }
        if let message { given["MessageBox"] = .string(message) }
        let parameters = try ArtifactParameters([artifact: .object(given)], definitions)
        let result = try await client.run(query(id, artifact, parameters))
        let flow = try result.firstRows().values.first?["flow"]
        guard let flowID = flow?["flow_id"]?.stringValue, !flowID.isEmpty else {
            throw result.failure ?? Self.nothingQueued(id)
        }
        if var failure = result.failure {
            failure.message = "The collection \(flowID) was queued, but the server complained: \(failure.message)"
            failure.details["flow_id"] = .string(flowID)
            throw failure
        }
        try Self.check(flow, flowID, parameters.specification[artifact]?.objectValue ?? [:])
        return flowID
    }

    /// The rows of the artifact, and the last lines of the flow's log.
    func evidence(
        _ id: String,
        _ flowID: String,
        _ artifact: String
    ) async throws(MegaraptorError) -> ([JSONValue], [String]) {
        let variables = [
            VQLQuery.Variable("ClientId", id), VQLQuery.Variable("FlowId", flowID),
            VQLQuery.Variable("ArtifactName", artifact),
        ]
        let rows = try await client.rows(
            reading(
                "SELECT * FROM source(client_id=ClientId, flow_id=FlowId, artifact=ArtifactName) LIMIT \(Self.mostRows)",
                variables
            )
        )
        let log = try await client.rows(
            reading(
                "SELECT level, message FROM flow_logs(client_id=ClientId, flow_id=FlowId)",
                Array(variables.prefix(2))
            )
        )
        let lines = log.values.map { line in
            "\(line["level"]?.stringValue ?? ""): \((line["message"]?.stringValue ?? "").trimmed)"
        }
        return (rows.values, lines.suffix(Self.mostLines))
    }

    // MARK: -

    private func query(_ id: String, _ artifact: String, _ parameters: ArtifactParameters) -> VQLQuery {
        VQLQuery(
            """
            SELECT collect_client(client_id=ClientId, artifacts=parse_json_array(data=Artifacts), \
            spec=parse_json(data=Spec), urgent=TRUE) AS flow FROM scope()
            """,
            [
                VQLQuery.Variable("ClientId", id),
                VQLQuery.Variable("Artifacts", JSONValue.array([.string(artifact)]).json()),
                VQLQuery.Variable("Spec", parameters.specification.jsonText),
            ],
            effect: .mayChange,
            organization: organization,
            timeout: timeout
        )
    }

    private func reading(_ text: String, _ variables: [VQLQuery.Variable]) -> VQLQuery {
        VQLQuery(text, variables, effect: .reads, organization: organization, timeout: timeout)
    }

    /// A release whose parameter is lost would be a quarantine.
    private static func check(_ flow: JSONValue?, _ flowID: String, _ wanted: JSONObject) throws(MegaraptorError) {
        var found: JSONObject = [:]
        for specification in flow?["request"]?["specs"]?.arrayValue ?? [] {
            for entry in specification["parameters"]?["env"]?.arrayValue ?? [] {
                if let key = entry["key"]?.stringValue { found[key] = entry["value"] ?? .null }
            }
        }
        for (name, value) in wanted where found[name] != value {
            throw MegaraptorError(
                .failedPrecondition,
                "The collection \(flowID) was queued without the parameter \(name): it does not do what was asked.",
                hint: "cancel_flow ends it, if the client has not done it yet.",
                details: ["flow_id": .string(flowID)]
            )
        }
    }

    private static func nothingQueued(_ id: String) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "The server queued nothing for \(id) and gave no reason.",
            hint: "list_flows shows whether there is a collection all the same."
        )
    }
}
