// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Finds the definitions of artifacts by name.
struct ArtifactLookup: Sendable {
    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    /// Definitions hold the whole VQL text: a few of them fill a message.
    private static let rowsPerMessage: UInt64 = 50

    /// The definitions, in the order of the names.
    ///
    /// - Throws: `not_found` for the first name that the server does not know, with the nearest ones.
    func definitions(_ names: [String]) async throws(MegaraptorError) -> [ArtifactDefinition] {
        var found: [String: ArtifactDefinition] = [:]
        for row in try await rows(names) {
            let definition = ArtifactDefinition(row: row)
            found[definition.name] = definition
        }
        var definitions: [ArtifactDefinition] = []
        for name in names {
            guard let definition = found[name] else { throw try await unknown(name) }
            definitions.append(definition)
        }
        return definitions
    }

    /// The rows of `artifact_definitions()` for these names; names that the server does not know have none.
    func rows(_ names: [String]) async throws(MegaraptorError) -> [JSONValue] {
        let result = try await client.run(
            VQLQuery(
                "SELECT * FROM artifact_definitions(names=parse_json_array(data=Names))",
                [VQLQuery.Variable("Names", JSONValue.array(names.map(JSONValue.string)).json())],
                effect: .reads,
                organization: organization,
                timeout: timeout,
                rowsPerMessage: Self.rowsPerMessage
            ),
            tolerating: { $0.text.contains("not known") }
        )
        return try result.firstRows().values
    }

    /// Every name, sorted.
    func names() async throws(MegaraptorError) -> [String] {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT name FROM artifact_definitions() ORDER BY name",
                effect: .reads,
                organization: organization,
                timeout: timeout
            )
        )
        return rows.values.compactMap { $0["name"]?.stringValue }
    }

    /// The error for a name that the server does not know.
    func unknown(_ name: String) async throws(MegaraptorError) -> MegaraptorError {
        let nearest = Spelling.nearest(to: name, among: try await names())
        return MegaraptorError(
            .notFound,
            "There is no artifact \(VisibleText.escape(name)) in organisation \(organization ?? "root").",
            hint: (nearest.map { "Did you mean \($0)? " } ?? "") + "find_artifact searches names and descriptions."
        )
    }
}
