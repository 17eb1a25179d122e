// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// All artifacts of an organisation, without their VQL.
struct ArtifactIndex: Sendable {
    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    /// More than any server has; a list that is cut off here would hide artifacts, so that is an error.
    private static let most = 20_000

    /// In the order of their names.
    func callAsFunction() async throws(MegaraptorError) -> [ArtifactSummary] {
        let rows = try await client.rows(
            VQLQuery(
                "SELECT \(ArtifactSummary.columns) FROM artifact_definitions() ORDER BY name",
                effect: .reads,
                organization: organization,
                timeout: timeout,
                rowLimit: Self.most,
                rowsPerMessage: 200
            )
        )
        guard !rows.isCapped else {
            throw MegaraptorError(.resourceExhausted, "The server has more than \(Self.most) artifacts.")
        }
        return rows.values.map(ArtifactSummary.init(row:)).filter { !$0.name.isEmpty }
    }
}
