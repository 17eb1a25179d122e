// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Tells all about one artifact that matters for collecting it and reading its results.
struct GetArtifact: Sendable {
    struct Request: Sendable, Hashable {
        var name: String
        var includesVQL = false
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    let client: VelociraptorClient

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> ArtifactReport {
        let lookup = ArtifactLookup(client: client, organization: request.organization, timeout: request.timeout)
        guard let row = try await lookup.rows([request.name]).first else {
            throw try await lookup.unknown(request.name)
        }
        return ArtifactReport(row: row, includesVQL: request.includesVQL, organization: request.organization)
    }
}
