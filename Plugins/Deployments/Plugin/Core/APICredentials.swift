// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery

/// Makes API users of a deployed server and their keys.
struct APICredentials: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(
        _ id: DeploymentID,
        user name: String,
        roles: [String],
        days: Int?
    ) async throws(MegaraptorError) -> JSONObject {
        let user = try UserName(name)
        let roles = try roles.map { role throws(MegaraptorError) in try UserRole.named(role) }
        let store = try await core.store()
        let lock = try store.lock(id, for: "generate_api_credentials")
        defer { lock.release() }
        let record = try store.record(id)
        guard record.phase == .active else {
            throw MegaraptorError(
                .failedPrecondition,
                "The deployment \(id) is \(record.phase.rawValue), so no user can be made on its server.",
                hint: "get_deployment_status tells how it stands."
            )
        }
        let files = ServerFiles(host: core.host, folder: store.folder(id))
        let pki = try files.pki()
        let profile = try DeploymentProfile.named(record.specification.profile)
        let authority = try await files.authority(of: record, pki)
        let renewed = try await pki.addingAPIClient(
            user,
            by: authority,
            validity: days.map { .days(Int64($0)) } ?? profile.apiClientValidity
        )
        // The user first: a key without its user opens nothing, and says so at every call.
        let carry: DeployerClient.Carrier = { [context] call throws(MegaraptorError) in try await context.call(call) }
        try await APIUsers(files: files, carry: carry).make(user, roles, record, renewed)
        try renewed.save(in: files.folder.pki)
        let path = files.apiClientFile(user.text, record)
        guard let identity = renewed.apiClient(user) else {
            throw MegaraptorError(.internal, "The new certificate of \(user) is not there.")
        }
        try files.write(apiClient: identity, renewed, for: record, to: path)
        let answer = try await VelociraptorQueries(apiConfig: path, carry: carry).check()
        guard answer["user"]?.stringValue == user.text else {
            throw MegaraptorError(.internal, "The API takes the new key of \(user) for another's.")
        }
        return [
            "deployment_id": .string(id.text), "user": .string(user.text), "api_config": .string(path),
            "api_connection_string": .string(record.specification.apiTarget),
            "roles": .array(roles.map { .string($0.rawValue) }),
            "expires": .string(Moment(unixSeconds: identity.certificate.validity.notAfter).text),
            "message": .string(
                """
                The server knows \(user) and answers this key. The file is readable by its owner only; \
                --api-config or VELOCIRAPTOR_CONFIG_PATH takes its path.
                """
            ),
        ]
    }
}
