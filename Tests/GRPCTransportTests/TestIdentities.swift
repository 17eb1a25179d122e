// SPDX-License-Identifier: Apache-2.0

import Certificates

/// The certificates of one test run, as PEM texts: an authority, a server, a client; and an authority nobody trusts.
struct TestIdentities: Sendable {
    struct PEM: Sendable {
        let certificate: String
        let key: String

        init(_ identity: Identity) throws {
            certificate = try identity.certificate.pem()
            key = try identity.key.pkcs8PEM()
        }
    }

    static let serverName = "LoopbackServer"

    let authority: String
    let server: PEM
    let client: PEM
    let strangeAuthority: String
    let strangeClient: PEM

    static let shared = Result { try TestIdentities() }

    private init() throws {
        let trusted = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Authority"))
        let strange = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Strangers"))
        authority = try trusted.certificate.pem()
        strangeAuthority = try strange.certificate.pem()
        server = try PEM(trusted.issueIdentity(.velociraptorServer(name: Self.serverName)))
        client = try PEM(trusted.issueIdentity(.velociraptorUser("analyst")))
        strangeClient = try PEM(strange.issueIdentity(.velociraptorUser("stranger")))
    }
}
