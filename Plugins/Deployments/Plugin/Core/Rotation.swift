// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Gives a deployed server new certificates.
struct Rotation: Sendable {
    enum Kind: Sendable {
        /// New certificates over the same keys, which agents do not notice.
        case certificates
        case keys
        /// Everything, the authority too.
        case authority
    }

    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(
        _ id: DeploymentID,
        kind: Kind,
        days: Int,
        digest: String?,
        answer: (RunningOperations.Wait, DeploymentID) async throws(MegaraptorError) -> ToolResult
    ) async throws(MegaraptorError) -> ToolResult {
        let changing = Changing(core: core, context: context)
        var agents: AuthorityRotationPlan?
        let wait = try await changing.carryOut(.update, id, digest: digest) { record, store throws(MegaraptorError) in
            let files = ServerFiles(host: core.host, folder: store.folder(id))
            agents = try await renew(kind, &record, files, days)
        }
        guard let agents else { return try await answer(wait, id) }
        let result = try await answer(wait, id)
        return try result.adding("agents_plan", .array(agents.steps.map(JSONValue.string)))
    }

    /// Makes the certificates and writes the configurations; the server gets them by the steps that follow.
    private func renew(
        _ kind: Kind,
        _ record: inout DeploymentRecord,
        _ files: ServerFiles,
        _ days: Int
    ) async throws(MegaraptorError) -> AuthorityRotationPlan? {
        let pki = try files.pki()
        let hostnames = [try HostName(record.specification.hostname)]
        let validity = Validity.days(Int64(days))
        switch kind {
        case .certificates, .keys:
            let authority = try await files.authority(of: record, pki)
            var renewed = try pki.reissued(by: authority, hostnames: hostnames, validity: validity)
            if kind == .keys {
                renewed = try await pki.rekeyed(by: authority, hostnames: hostnames, validity: validity)
            }
            for client in pki.apiClients {
                let name = try UserName(client.certificate.commonName ?? "")
                renewed = try await renewed.addingAPIClient(name, by: authority, validity: validity)
            }
            try await files.write(renewed, for: record)
            return nil
        case .authority:
            let profile = try DeploymentProfile.named(record.specification.profile)
            var terms = DeploymentPKI.Terms(profile: profile)
            terms.server = validity
            terms.apiClient = validity
            let renewed = try await pki.replacingAuthority(hostnames: hostnames, terms: terms)
            // If the server never gets the new certificates, the former authority is still needed.
            try await files.keepFormerAuthority(of: &record)
            try await files.keep(authority: renewed.authority, for: &record)
            try await files.write(renewed.pki, for: record)
            return AuthorityRotationPlan(
                former: pki.authority,
                new: renewed.pki.authority,
                apiClients: renewed.pki.apiClients.compactMap(\.certificate.commonName)
            )
        }
    }
}

extension ToolResult {
    /// The same structured result with one member more.
    func adding(_ key: String, _ value: JSONValue) throws(MegaraptorError) -> ToolResult {
        do {
            guard var object = try JSONValue(json: bytes)["structuredContent"]?.objectValue else { return self }
            object[key] = value
            return ToolResult(structured: .object(object))
        } catch {
            throw MegaraptorError(.internal, "A result cannot be read again: \(error).")
        }
    }
}
