// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors

extension LabCredentials {
    /// Makes both authorities, the server's certificate and those of all users.
    ///
    /// The four key pairs are made side by side: they take nearly all of the time.
    static func make(in directory: String) async throws(MegaraptorError) {
        let made = await pairs()
        let authority = try made.authority.get()
        let foreign = try made.foreign.get()
        let serverKey = try made.server.get()
        let clientKey = try made.client.get()
        func write(_ text: String, _ name: String) throws(MegaraptorError) {
            try TextFile.write(text, to: File.path(name, in: directory))
        }
        try write(authority.certificate.pem(), File.authority)
        try write(foreign.certificate.pem(), File.foreignAuthority)
        try write(clientKey.pkcs1PEM(), File.clientKey)
        for user in LabUser.allCases {
            let signer = user == .foreign ? foreign : authority
            let certificate = try signer.issue(.velociraptorUser(user.name, validity: user.validity), for: clientKey)
            try write(certificate.pem(), File.certificate(of: user))
        }
        try write(authority.issue(.velociraptorServer(), for: serverKey).pem(), File.serverCertificate)
        try write(serverKey.pkcs1PEM(), File.serverKey)
    }

    private typealias Made<Value> = Result<Value, MegaraptorError>

    private static func pairs() async -> (
        authority: Made<CertificateAuthority>, foreign: Made<CertificateAuthority>, server: Made<PrivateKey>,
        client: Made<PrivateKey>
    ) {
        async let authority = newAuthority()
        async let foreign = newAuthority()
        async let server = newKey()
        async let client = newKey()
        return await (authority, foreign, server, client)
    }

    private static func newAuthority() async -> Made<CertificateAuthority> {
        let subject = DistinguishedName(commonName: "Velociraptor CA", organization: "Velociraptor")
        return Made { () throws(MegaraptorError) in try CertificateAuthority.selfSigned(subject) }
    }

    private static func newKey() async -> Made<PrivateKey> {
        Made { () throws(MegaraptorError) in try PrivateKey.generateRSA() }
    }
}

extension LabUser {
    /// A year, or a month that has long passed.
    fileprivate var validity: Validity {
        guard self == .expired else { return .days(365) }
        let day: Int64 = 86_400
        let end = Instant.now().seconds - 30 * day
        return Validity(notBefore: end - 30 * day, notAfter: end)
    }
}
