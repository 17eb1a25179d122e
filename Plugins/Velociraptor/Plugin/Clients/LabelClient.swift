// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Adds labels to a client or removes them, and reads back what it then has.
struct LabelClient: Sendable {
    static let name = "label_client"

    enum Operation: String, Sendable {
        case add, remove

        /// The server's word. It takes any other too, does nothing, and answers as if it had.
        fileprivate var word: String { self == .add ? "set" : "remove" }
    }

    struct Outcome: Sendable, Hashable {
        var before: [String]
        var after: [String]
    }

    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)
    var settling = Settling()

    /// Sends nothing where the client already has the labels, or has none of them.
    ///
    /// - Throws: `not_found` for an unknown client: the server would make one up.
    func callAsFunction(
        _ id: String,
        _ operation: Operation,
        _ labels: [String]
    ) async throws(MegaraptorError) -> Outcome {
        let labels = try LabelNames.checked(labels)
        guard !labels.isEmpty else {
            throw MegaraptorError(.invalidArgument, "No label is named.", hint: "Name at least one in labels.")
        }
        let before = try await current(id)
        guard !Self.isDone(operation, labels, before) else { return Outcome(before: before, after: before) }
        try await send(id, operation, labels)
        let after = try await settling.read(
            { () async throws(MegaraptorError) in try await current(id) },
            until: { Self.isDone(operation, labels, $0) }
        )
        guard Self.isDone(operation, labels, after) else {
            throw MegaraptorError(
                .failedPrecondition,
                """
                The server took the request, but the labels of \(id) are now: \
                \(after.isEmpty ? "none" : VisibleText.escape(after.joined(separator: ", "))).
                """,
                hint: "Repeating the call does no harm. If it does not help, the rights of this key may not suffice.",
                details: ["client_id": .string(id), "labels": .array(after.map(JSONValue.string))]
            )
        }
        return Outcome(before: before, after: after)
    }

    private func current(_ id: String) async throws(MegaraptorError) -> [String] {
        let info = try await GetClientInfo(client: client)(id, organization: organization, timeout: timeout)
        return (info["labels"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    private func send(_ id: String, _ operation: Operation, _ labels: [String]) async throws(MegaraptorError) {
        _ = try await client.rows(
            VQLQuery(
                """
                SELECT label(client_id=ClientId, labels=parse_json_array(data=Labels), op='\(operation.word)') AS label \
                FROM scope()
                """,
                [
                    VQLQuery.Variable("ClientId", id),
                    VQLQuery.Variable("Labels", JSONValue.array(labels.map(JSONValue.string)).json()),
                ],
                effect: .mayChange,
                organization: organization,
                timeout: timeout
            )
        )
    }

    private static func isDone(_ operation: Operation, _ labels: [String], _ found: [String]) -> Bool {
        let found = Set(found.map { $0.lowercased() })
        return labels.allSatisfy { found.contains($0.lowercased()) == (operation == .add) }
    }
}
