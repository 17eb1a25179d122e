// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery
import WholeFiles

/// Users of a deployment's server that come over its API.
struct APIUsers: Sendable {
    let files: ServerFiles
    let carry: DeployerClient.Carrier

    private static let create = """
        SELECT user_create(user=UserName, roles=split(sep=",", string=Roles), password=Password) AS Created FROM scope()
        """
    private static let grant = """
        SELECT user_grant(user=UserName, roles=split(sep=",", string=Roles)) AS Granted FROM scope()
        """
    private static let look = "SELECT name FROM gui_users() WHERE name = UserName"

    /// Makes a user, or gives one that there is these roles in the place of those it has, and reads it back.
    ///
    /// The server itself vouches for this: its own certificate is a user that may do everything and needs no record.
    func make(
        _ user: UserName,
        _ roles: [UserRole],
        _ record: DeploymentRecord,
        _ pki: DeploymentPKI
    ) async throws(MegaraptorError) {
        let variables: JSONObject = [
            "UserName": .string(user.text), "Roles": .string(roles.map(\.rawValue).joined(separator: ",")),
        ]
        let found = try await asServer(record, pki) { queries throws(MegaraptorError) in
            if try await queries.read(Self.look, ["UserName": .string(user.text)]).isEmpty {
                // A user needs a password. Nobody is told this one, so it is only the key that opens.
                var creation = variables
                creation["Password"] = .string(GeneratedPassword().text)
                _ = try await queries.change(Self.create, creation)
            } else {
                _ = try await queries.change(Self.grant, variables)
            }
            return try await queries.read(Self.look, ["UserName": .string(user.text)])
        }
        guard !found.isEmpty else {
            throw MegaraptorError(.internal, "The server was asked for the user \(user) and does not have it.")
        }
    }

    /// Asks the server as itself.
    func asServer<Answer>(
        _ record: DeploymentRecord,
        _ pki: DeploymentPKI,
        _ body: (VelociraptorQueries) async throws(MegaraptorError) -> Answer
    ) async throws(MegaraptorError) -> Answer {
        let path = "\(files.folder.path)/server-identity-\(Lineage.make().prefix(8)).yaml"
        try files.write(apiClient: pki.frontend, pki, for: record, to: path)
        // It opens everything, so it is there only as long as it is used.
        defer { unlink(path) }
        return try await body(VelociraptorQueries(apiConfig: path, carry: carry))
    }
}
