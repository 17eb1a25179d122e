// SPDX-License-Identifier: Apache-2.0

public import Certificates
internal import Cryptography
internal import JSONValue
public import MegaraptorErrors

/// New certificates together with the authority that signed them, whose key is for the secret store.
public struct SignedPKI: Sendable {
    public let pki: DeploymentPKI
    public let authority: CertificateAuthority
}

extension DeploymentPKI {
    /// Makes all certificates of a new deployment. Takes seconds; the keys are made beside the threads that serve requests.
    ///
    /// - Parameters:
    ///   - hostnames: by which people reach the GUI; the frontend's certificate holds them beside `VelociraptorServer`.
    ///   - apiClients: the users that get an API certificate.
    public static func make(
        hostnames: [HostName],
        apiClients: [UserName] = [],
        terms: Terms = Terms()
    ) async throws(MegaraptorError) -> SignedPKI {
        let keys = try await KeyMaker.keys(3 + apiClients.count, terms.keySize)
        // The name differs from deployment to deployment, so that nobody confuses two authorities.
        let number = Hexadecimal.encode(Cryptography.randomBytes(4))
        let authority = try CertificateAuthority.selfSigned(
            DistinguishedName(commonName: "Velociraptor CA \(number)", organization: organization),
            validity: terms.authority,
            key: keys[0]
        )
        let pki = DeploymentPKI(
            authority: authority.certificate,
            frontend: try frontend(hostnames, key: keys[1], by: authority, terms.server),
            gateway: try gateway(key: keys[2], by: authority, terms.server),
            apiClients: try zip(apiClients, keys[3...]).map { name, key throws(MegaraptorError) in
                try apiClient(name, key: key, by: authority, terms.apiClient)
            }
        )
        return SignedPKI(pki: pki, authority: authority)
    }

    static var organization: String { "Velociraptor" }

    static func frontend(
        _ hostnames: [HostName],
        key: PrivateKey,
        by authority: CertificateAuthority,
        _ validity: Validity
    ) throws(MegaraptorError) -> Identity {
        var names = [UserName.server]
        for host in hostnames where host.kind == .name && !names.contains(host.text) { names.append(host.text) }
        let request = CertificateRequest(
            subject: DistinguishedName(commonName: UserName.server, organization: organization),
            dnsNames: names,
            ipAddresses: hostnames.filter { $0.kind != .name }.map(\.text),
            validity: validity.within(authority.certificate.validity)
        )
        return Identity(certificate: try authority.issue(request, for: key), key: key)
    }

    static func gateway(
        key: PrivateKey,
        by authority: CertificateAuthority,
        _ validity: Validity
    ) throws(MegaraptorError) -> Identity {
        let request = CertificateRequest(
            subject: DistinguishedName(commonName: UserName.gateway, organization: organization),
            dnsNames: [UserName.gateway],
            validity: validity.within(authority.certificate.validity)
        )
        return Identity(certificate: try authority.issue(request, for: key), key: key)
    }

    static func apiClient(
        _ name: UserName,
        key: PrivateKey,
        by authority: CertificateAuthority,
        _ validity: Validity
    ) throws(MegaraptorError) -> Identity {
        let request = CertificateRequest.velociraptorUser(
            name.text,
            validity: validity.within(authority.certificate.validity)
        )
        return Identity(certificate: try authority.issue(request, for: key), key: key)
    }
}

extension Validity {
    /// A certificate that outlives its authority would only look valid.
    func within(_ authority: Validity) -> Validity {
        Validity(notBefore: max(notBefore, authority.notBefore), notAfter: min(notAfter, authority.notAfter))
    }
}
