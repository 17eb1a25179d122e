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

    /// - Returns: how it goes, and for a new authority what has to be done with the agents.
    func callAsFunction(
        _ id: DeploymentID,
        _ kind: Kind,
        days: Int,
        digest: String?
    ) async throws(MegaraptorError) -> (RunningOperations.Wait, AuthorityRotationPlan?) {
        var agents: AuthorityRotationPlan?
        let wait = try await Changing(core: core, context: context).carryOut(
            .update,
            id,
            digest: digest,
            renew: { record, store throws(MegaraptorError) in
                let files = ServerFiles(host: core.host, folder: store.folder(id))
                agents = try await renew(kind, &record, files, days)
                try store.write(&record)
            }
        )
        return (wait, agents)
    }

    /// Makes and keeps the certificates; the configurations and the server get them by what follows.
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
            try files.keep(renewed)
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
            try files.keep(renewed.pki)
            return AuthorityRotationPlan(
                former: pki.authority,
                new: renewed.pki.authority,
                apiClients: renewed.pki.apiClients.compactMap(\.certificate.commonName)
            )
        }
    }
}
