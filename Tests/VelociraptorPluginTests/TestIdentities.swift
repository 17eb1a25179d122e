// SPDX-License-Identifier: Apache-2.0

import Certificates

/// The certificates of one test run: an authority, a server, a client; and an authority nobody trusts.
struct TestIdentities: Sendable {
    static let serverName = "LoopbackServer"

    let authority: CertificateAuthority
    let server: Identity
    let client: Identity
    let strangeAuthority: CertificateAuthority
    let strangeClient: Identity

    static let shared = Result { try TestIdentities() }

    private init() throws {
        authority = try .selfSigned(DistinguishedName(commonName: "Authority"))
        strangeAuthority = try .selfSigned(DistinguishedName(commonName: "Strangers"))
        server = try authority.issueIdentity(.velociraptorServer(name: Self.serverName))
        client = try authority.issueIdentity(.velociraptorUser("analyst"))
        strangeClient = try strangeAuthority.issueIdentity(.velociraptorUser("stranger"))
    }
}
