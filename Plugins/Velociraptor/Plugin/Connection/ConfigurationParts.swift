// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import JSONValue
internal import MegaraptorErrors

/// The parts of a configuration that have an inner form, each with its name in complaints.
struct ConfigurationParts {
    static let renewal = """
        Make a new API key on the server: `velociraptor --config server.config.yaml config api_client --name NAME \
        --role investigator,api api_client.yaml`.
        """

    /// From how many seconds before its end on a certificate is worth a warning.
    static let renewalTime: Int64 = 30 * 86_400

    /// The certificates by the names that they have in the file.
    enum Name: String {
        case client = "client_cert"
        case authority = "ca_certificate"
    }

    private let file: APIClientFile
    private var origin: String { file.origin }

    init(_ file: APIClientFile) {
        self.file = file
    }

    /// At least one.
    func authorities() throws(MegaraptorError) -> [Certificate] {
        try certificates(.authority, file.authority)
    }

    /// The first of its chain, which is that of the user.
    func client() throws(MegaraptorError) -> Certificate {
        try certificates(.client, file.certificate)[0]
    }

    func key(of client: Certificate) throws(MegaraptorError) -> PrivateKey {
        let key = try key(file.privateKey)
        guard try client.matches(key) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The client_private_key in \(origin) does not belong to the client_cert beside it.",
                hint: "Both must come from the same API key. \(Self.renewal)"
            )
        }
        return key
    }

    func isSigned(_ client: Certificate, by authorities: [Certificate]) throws(MegaraptorError) -> Bool {
        for authority in authorities where try client.isSigned(by: authority) { return true }
        return false
    }

    private func certificates(_ name: Name, _ pem: String) throws(MegaraptorError) -> [Certificate] {
        let certificates: [Certificate]
        do {
            certificates = try Certificate.all(pem: pem)
        } catch {
            throw notPEM(name, error)
        }
        guard !certificates.isEmpty else { throw notPEM(name, nil) }
        return certificates
    }

    private func notPEM(_ name: Name, _ cause: MegaraptorError?) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "The \(name.rawValue) in \(origin) is not a certificate in PEM form.",
            hint: "It must be whole, from the BEGIN to the END line, and in YAML indented as it was. \(Self.renewal)",
            cause: cause?.message
        )
    }

    private func key(_ pem: String) throws(MegaraptorError) -> PrivateKey {
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

    func check(_ name: Name, _ validity: Validity, _ now: Int64) throws(MegaraptorError) {
        guard !validity.contains(now) else { return }
        let isEarly = now < validity.notBefore
        let date = ISO8601.string(unixSeconds: isEarly ? validity.notBefore : validity.notAfter)
        throw MegaraptorError(
            .unauthenticated,
            "The \(name.rawValue) in \(origin) \(isEarly ? "is not valid before" : "expired on") \(date).",
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
