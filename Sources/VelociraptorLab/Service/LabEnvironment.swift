// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// What queries ask the lab: variables, artifacts, organisations.
struct LabEnvironment: ServerEnvironment {
    let server: LabServer

    func variables(for session: Session) -> VQLRow {
        ["config": .object(ClientConfiguration())]
    }

    func artifact(named name: String, in session: Session) -> ArtifactSummary? {
        server.artifact(name).map { artifact in
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
        guard organization.isEmpty || organization == "root" else { throw VQLFailure("Org not found") }
        guard let account = Account.all.first(where: { $0.name == principal }) else {
            throw VQLFailure("User not found: \(principal)")
        }
        return Session(principal: principal, permissions: account.permissions)
    }
}
