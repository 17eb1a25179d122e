// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import MegaraptorErrors

extension DeploymentPKI {
    /// New certificates for frontend and gateway over the keys that they have: the gentlest rotation, which running agents
    /// do not even notice. The server needs the new configuration and a restart.
    public func reissued(
        by authority: CertificateAuthority,
        hostnames: [HostName],
        validity: Validity = .days(365)
    ) throws(MegaraptorError) -> DeploymentPKI {
        try checkIsOurs(authority)
        return replacing(
            frontend: try Self.frontend(hostnames, key: frontend.key, by: authority, validity),
            gateway: try Self.gateway(key: gateway.key, by: authority, validity)
        )
    }

    /// New keys and certificates for frontend and gateway.
    ///
    /// After the server's restart, a running agent is refused until it has fetched the new certificate, up to a minute or
    /// so; none has to be installed anew. What offline collectors encrypted to the old key needs the old key.
    public func rekeyed(
        by authority: CertificateAuthority,
        hostnames: [HostName],
        validity: Validity = .days(365),
        keySize: PrivateKey.Size = .bits2048
    ) async throws(MegaraptorError) -> DeploymentPKI {
        try checkIsOurs(authority)
        let keys = try await KeyMaker.keys(2, keySize)
        return replacing(
            frontend: try Self.frontend(hostnames, key: keys[0], by: authority, validity),
            gateway: try Self.gateway(key: keys[1], by: authority, validity)
        )
    }

    /// A new key and certificate for an API client, in the place of the one with this name if there is one.
    ///
    /// Needs no restart. A former certificate stays valid until it expires, for nothing revokes it: to cut it off, delete the
    /// user.
    public func addingAPIClient(
        _ name: UserName,
        by authority: CertificateAuthority,
        validity: Validity = .days(365),
        keySize: PrivateKey.Size = .bits2048
    ) async throws(MegaraptorError) -> DeploymentPKI {
        try checkIsOurs(authority)
        let keys = try await KeyMaker.keys(1, keySize)
        let identity = try Self.apiClient(name, key: keys[0], by: authority, validity)
        return replacing(apiClients: apiClients.filter { $0.certificate.commonName != name.text } + [identity])
    }

    /// Takes away an API client's certificate from what is kept. It stays valid until it expires.
    public func removingAPIClient(_ name: UserName) -> DeploymentPKI {
        replacing(apiClients: apiClients.filter { $0.certificate.commonName != name.text })
    }

    /// A new authority and everything under it anew, the same API clients included. The former authority is kept, and
    /// ``AuthorityRotationPlan`` says what has to be done with the agents, which trust only that one.
    public func replacingAuthority(
        hostnames: [HostName],
        terms: Terms = Terms()
    ) async throws(MegaraptorError) -> SignedPKI {
        var names: [UserName] = []
        for name in apiClients.compactMap(\.certificate.commonName) { names.append(try UserName(name)) }
        let new = try await Self.make(hostnames: hostnames, apiClients: names, terms: terms)
        let pki = DeploymentPKI(
            authority: new.pki.authority,
            formerAuthorities: formerAuthorities + [authority],
            frontend: new.pki.frontend,
            gateway: new.pki.gateway,
            apiClients: new.pki.apiClients
        )
        return SignedPKI(pki: pki, authority: new.authority)
    }

    /// Without the former authorities, once no agent trusts them any more.
    public func forgettingFormerAuthorities() -> DeploymentPKI {
        DeploymentPKI(authority: authority, frontend: frontend, gateway: gateway, apiClients: apiClients)
    }

    private func checkIsOurs(_ other: CertificateAuthority) throws(MegaraptorError) {
        guard other.certificate != authority else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The authority \(other.certificate.subject) is not the one of this deployment, \(authority.subject).",
            hint: "To change the authority itself, replace it: every agent then needs a new configuration."
        )
    }

    private func replacing(
        frontend: Identity? = nil,
        gateway: Identity? = nil,
        apiClients: [Identity]? = nil
    ) -> DeploymentPKI {
        DeploymentPKI(
            authority: authority,
            formerAuthorities: formerAuthorities,
            frontend: frontend ?? self.frontend,
            gateway: gateway ?? self.gateway,
            apiClients: apiClients ?? self.apiClients
        )
    }
}
