// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import MegaraptorErrors

extension APIClientConfiguration {
    /// Checks what was written down, so that a fault in it is not left to a TLS library to describe.
    ///
    /// - Parameter now: seconds since 1970.
    init(_ file: APIClientFile, now: Int64) throws(MegaraptorError) {
        let parts = ConfigurationParts(file)
        let authorities = try parts.authorities()
        let client = try parts.client()
        let key = try parts.key(of: client)
        try parts.check(.client, client.validity, now)
        for authority in authorities { try parts.check(.authority, authority.validity, now) }
        let isIssued = try parts.isSigned(client, by: authorities)
        self.init(
            origin: file.origin,
            target: try file.target(),
            serverName: file.serverName ?? Self.defaultServerName,
            maxReceiveBytes: file.maxReceiveBytes ?? Self.defaultMaxReceiveBytes,
            authority: file.authority,
            certificate: file.certificate,
            privateKey: key,
            certificates: CertificateFacts(authorityIssuedClient: isIssued, user: client.commonName),
            warnings: parts.warnings(client.validity, now)
        )
    }
}
