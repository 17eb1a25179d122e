// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import JSONValue
internal import MegaraptorErrors

extension APIClientConfiguration {
    /// Checks what was written down, so that a fault in it is not left to a TLS library to describe.
    ///
    /// - Parameter now: seconds since 1970.
    init(_ file: APIClientFile, now: Int64) throws(MegaraptorError) {
        let parts = Parts(origin: file.origin)
        let authorities = try parts.certificates("ca_certificate", file.authority)
        let chain = try parts.certificates("client_cert", file.certificate)
        let key = try parts.key(file.privateKey)
        let client = chain[0]
        guard try client.matches(key) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The client_private_key in \(file.origin) does not belong to the client_cert beside it.",
                hint: "Both must come from the same API key. \(Parts.renewal)"
            )
        }
        try parts.check("client_cert", client.validity, now)
        for authority in authorities { try parts.check("ca_certificate", authority.validity, now) }
        var isIssued = false
        for authority in authorities where try client.isSigned(by: authority) { isIssued = true }
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

/// The parts of a configuration that have an inner form, each with its name in complaints.
private struct Parts {
    static let renewal = """
        Make a new API key on the server: `velociraptor --config server.config.yaml config api_client --name NAME \
        --role investigator,api api_client.yaml`.
        """

    /// From how many seconds before its end on a certificate is worth a warning.
    private static let renewalTime: Int64 = 14 * 86_400

    let origin: String

    func certificates(_ name: String, _ pem: String) throws(MegaraptorError) -> [Certificate] {
        let certificates: [Certificate]
        do {
            certificates = try Certificate.all(pem: pem)
        } catch {
            throw notPEM(name, error)
        }
        guard !certificates.isEmpty else { throw notPEM(name, nil) }
        return certificates
    }

    private func notPEM(_ name: String, _ cause: MegaraptorError?) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "The \(name) in \(origin) is not a certificate in PEM form.",
            hint: "It must be whole, from the BEGIN to the END line, and in YAML indented as it was. \(Self.renewal)",
            cause: cause?.message
        )
    }

    func key(_ pem: String) throws(MegaraptorError) -> PrivateKey {
        do {
            return try PrivateKey(pem: pem)
        } catch {
            guard error.code == .failedPrecondition else {
                throw MegaraptorError(
                    .invalidArgument,
                    "The client_private_key in \(origin) is not a private key in PEM form.",
                    hint: "It must be whole, from the BEGIN to the END line. \(Self.renewal)"
                )
            }
            throw MegaraptorError(
                .failedPrecondition,
                "The client_private_key in \(origin) is encrypted with a password.",
                hint: """
                    There is nobody here to type it. Store the key without a password (`openssl pkey -in key.pem -out \
                    plain.pem`, then chmod 600), or make a new API key.
                    """
            )
        }
    }

    func check(_ name: String, _ validity: Validity, _ now: Int64) throws(MegaraptorError) {
        guard !validity.contains(now) else { return }
        let isEarly = now < validity.notBefore
        let date = ISO8601.string(unixSeconds: isEarly ? validity.notBefore : validity.notAfter)
        throw MegaraptorError(
            .unauthenticated,
            "The \(name) in \(origin) \(isEarly ? "is not valid before" : "expired on") \(date).",
            hint: isEarly
                ? "Is this machine's clock right? It shows \(ISO8601.string(unixSeconds: now))." : Self.renewal,
            details: [isEarly ? "not_before" : "not_after": .string(date)]
        )
    }

    func warnings(_ validity: Validity, _ now: Int64) -> [String] {
        guard validity.notAfter - now < Self.renewalTime else { return [] }
        return [
            "The client_cert in \(origin) expires on \(ISO8601.string(unixSeconds: validity.notAfter)). \(Self.renewal)"
        ]
    }
}
