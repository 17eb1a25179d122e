// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

extension APIClientConfiguration {
    /// Checks what was written down, so that a fault in it is not left to a TLS library to describe.
    ///
    /// - Parameter now: seconds since 1970.
    init(_ file: APIClientFile, now: Int64) throws(MegaraptorError) {
        try Self.refuseEncryptedKey(file)
        self.init(
            origin: file.origin,
            target: try file.target(),
            serverName: file.serverName ?? Self.defaultServerName,
            maxReceiveBytes: file.maxReceiveBytes ?? Self.defaultMaxReceiveBytes,
            authority: file.authority,
            certificate: file.certificate,
            privateKey: file.privateKey,
            certificates: CertificateFacts(authorityIssuedClient: true, user: nil),
            warnings: []
        )
    }

    private static func refuseEncryptedKey(_ file: APIClientFile) throws(MegaraptorError) {
        guard
            file.privateKey.contains("BEGIN ENCRYPTED PRIVATE KEY")
                || file.privateKey.contains("Proc-Type: 4,ENCRYPTED")
        else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The client_private_key in \(file.origin) is encrypted with a password.",
            hint: """
                Nobody could type the password here. Store the key without one (`openssl pkey -in key.pem -out \
                plain.pem`, then chmod 600), or make a new API key.
                """
        )
    }
}
