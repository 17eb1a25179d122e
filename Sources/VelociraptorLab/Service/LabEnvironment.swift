// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// What queries ask the lab: variables, artifacts, organisations.
struct LabEnvironment: ServerEnvironment {
    let organizations: Organizations
    let accounts: AccountBook

    func variables(for session: Session) -> VQLRow {
        ["config": .object(ClientConfiguration(organization: server(session).organization))]
    }

    func artifact(named name: String, in session: Session) -> ArtifactSummary? {
        server(session).artifact(name).map { artifact in
            ArtifactSummary(
                sources: artifact.sources.filter { !$0.isEmpty },
                parameters: artifact.parameters.map(\.name)
            )
        }
    }

    /// Runs inside the server, where the lab has rows for no artifact but those whose query was set over the API.
    func runArtifact(
        _ name: String,
        source: String?,
        _ call: Invocation,
        into emit: (VQLRow) throws -> Void
    ) throws {
        throw VQLFailure("The lab has no query for \(name), only rows of clients: collect it")
    }

    func session(of principal: String, in organization: String) throws -> Session {
        guard let server = organizations[organization] else { throw VQLFailure("Org not found") }
        guard let account = accounts[principal] else {
            throw VQLFailure("User not found: \(principal)")
        }
        return account.session(in: server.organization)
    }

    private func server(_ session: Session) -> LabServer { organizations[session.organization] ?? organizations.root }
}
