// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// Answers other plugins that ask about the server of an API client file: `velociraptor.query/1`.
struct QueryProvider: Sendable {
    let client: VelociraptorClient
    /// Whether operations allow reading only.
    var isReadOnly = false
    var allowsServerReads = false
    /// How long a call may take.
    var longest: Duration = .seconds(60)

    /// `{user, roles?, server_version?, server_time?}`, from a server that answers queries of this key.
    ///
    /// That the API says it serves proves nothing of the key: only a query does.
    func check(_ json: JSONValue) async throws -> JSONValue {
        let arguments = try Arguments(json)
        let limit = arguments.timeout(.seconds(10), longest)
        let questions = HealthQuestions(client: client, end: .now + limit, longest: limit)
        return try await ServerChoice.$current.withValue(.file(arguments.file)) {
            guard try await questions.isServing() else { throw Self.notServing }
            return .object(try await identity(questions))
        }
    }

    private func identity(_ questions: HealthQuestions) async throws(MegaraptorError) -> JSONObject {
        let rows = try await questions.rows("SELECT whoami() AS user, config.version AS version FROM scope()")
        guard let row = rows.values.first, let user = row["user"]?.stringValue, !user.isEmpty else {
            throw MegaraptorError(.internal, "The server answered, but did not say whose key this is.")
        }
        var identity: JSONObject = ["user": .string(user)]
        switch await RightsHealth.rights(questions) {
        case .success(let rights): identity["roles"] = rights?["roles"]
        // A key need not be allowed to ask for its own roles.
        case .failure(let error) where error.code == .permissionDenied: break
        case .failure(let error): throw error
        }
        if let version = row["version"]?["version"], version != .null { identity["server_version"] = version }
        if let time = Int64(exactly: rows.serverTime), time > 0 {
            identity["server_time"] = .string(ISO8601.string(unixMicroseconds: time, fraction: .milliseconds))
        }
        return identity
    }

    /// `{rows, is_capped, failures}` of a query that only reads.
    ///
    /// - Throws: `permission_denied` for any other query; nothing of it is sent.
    func read(_ json: JSONValue) async throws -> JSONValue {
        let arguments = try Arguments(json)
        let query = try arguments.vql(longest, effect: .reads)
        return try await ServerChoice.$current.withValue(.file(arguments.file)) {
            let gate = QueryGate(
                isReadOnly: isReadOnly,
                allowsServerReads: allowsServerReads,
                lookup: ArtifactLookup(client: client, organization: arguments.organization, timeout: query.timeout)
            )
            let judged = try await gate.judge(query.text)
            try gate.admit(judged, changes: true)
            guard judged.analysis.isReading else {
                throw MegaraptorError(
                    .permissionDenied,
                    """
                    The operation read takes only queries that read: \
                    \(QueryGate.words(judged.analysis, from: .changes))
                    """,
                    hint: "Nothing was sent. What changes something is asked for by the operation query.",
                    details: QueryGate.details(judged.analysis)
                )
            }
            return try await answer(query)
        }
    }

    /// `{rows, is_capped, failures}` of any query. It is sent once, whatever comes of it.
    func query(_ json: JSONValue) async throws -> JSONValue {
        let arguments = try Arguments(json)
        let query = try arguments.vql(longest, effect: .mayChange)
        guard !isReadOnly else {
            throw MegaraptorError(
                .permissionDenied,
                "This server is read-only: the operation query may change something.",
                hint: "Nothing was sent. The operation read takes queries that only read."
            )
        }
        return try await ServerChoice.$current.withValue(.file(arguments.file)) { try await answer(query) }
    }

    /// A failure without a row is thrown: no rows always means that there are none.
    private func answer(_ query: VQLQuery) async throws -> JSONValue {
        let result = try await client.run(query)
        return [
            "rows": .array(try result.allRows()),
            "is_capped": .bool(result.isCapped),
            "failures": .array(result.failures.map(\.json)),
        ]
    }

    private static let notServing = MegaraptorError(
        .unavailable,
        "The server answers that it does not serve.",
        hint: "Look into the server's own log; it may be starting or stopping.",
        retryable: true
    )
}
