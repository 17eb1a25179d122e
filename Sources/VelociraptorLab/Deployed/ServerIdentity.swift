// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors

/// The certificates of a server, checked as the server checks them when it starts.
struct ServerIdentity: Sendable {
    let certificate: Certificate
    let certificatePEM: String
    let privateKeyPEM: String
    /// The common name of the gateway's certificate, which no user can have.
    let gatewayName: String
    /// `nil` where the configuration has no certificate that can be read: then nobody's is signed by it.
    let authority: Certificate?
    /// Whether the certificate had expired and another was made for this run.
    let isRenewed: Bool

    init(_ configuration: ServerConfiguration, now: Int64) throws(ServerFailure) {
        authority = Self.read { () throws(MegaraptorError) in
            try Certificate(pem: configuration.text("Client", "ca_certificate"))
        }
        let pem = configuration.text("Frontend", "certificate")
        let keyPEM = configuration.text("Frontend", "private_key")
        let key = try Self.rsaKey(keyPEM) { ServerFailure.starting($0) }
        let given = try Self.certificate(pem)
        try Self.requirePair(given, key)
        if given.validity.contains(now) {
            (certificate, certificatePEM, privateKeyPEM, isRenewed) = (given, pem, keyPEM, false)
        } else {
            let fresh = try Self.renewed(configuration, authority)
            certificate = fresh.certificate
            certificatePEM = try Self.require { () throws(MegaraptorError) in try fresh.certificate.pem() }
            privateKeyPEM = try Self.require { () throws(MegaraptorError) in try fresh.key.pkcs1PEM() }
            isRenewed = true
        }
        gatewayName = try Self.gateway(configuration, authority, now)
    }

    /// Whether clients that trust the authority, and look for the server's name as Go does, are served.
    func isTrusted(as name: String) -> Bool {
        guard let authority, certificate.dnsNames.contains(name) else { return false }
        return Self.read { () throws(MegaraptorError) in try certificate.isSigned(by: authority) } ?? false
    }

    // MARK: - Parts

    /// The key in the one form that the server takes: RSA as PKCS#1.
    static func rsaKey(
        _ pem: String,
        _ failure: (String) -> ServerFailure
    ) throws(ServerFailure) -> PrivateKey {
        guard pem.contains("-----BEGIN RSA PRIVATE KEY-----"),
            let key = read({ () throws(MegaraptorError) in try PrivateKey(pem: pem) }), key.kind.hasPrefix("RSA ")
        else { throw failure("failed to parse PEM block containing the key") }
        return key
    }

    private static func certificate(_ pem: String) throws(ServerFailure) -> Certificate {
        guard let certificate = read({ () throws(MegaraptorError) in try Certificate(pem: pem) }) else {
            throw .starting("tls: failed to find any PEM data in certificate input")
        }
        return certificate
    }

    private static func requirePair(_ certificate: Certificate, _ key: PrivateKey) throws(ServerFailure) {
        guard read({ () throws(MegaraptorError) in try certificate.matches(key) }) == true else {
            throw .starting("tls: private key does not match public key")
        }
    }

    /// With the authority's key at hand the server makes itself a new certificate; without it, it does not start.
    private static func renewed(
        _ configuration: ServerConfiguration,
        _ authority: Certificate?
    ) throws(ServerFailure) -> Identity {
        let pem = configuration.text("CA", "private_key")
        guard !pem.isEmpty, let authority else { throw .starting("Certificate not valid") }
        let key = try rsaKey(pem) { ServerFailure.starting($0) }
        return try require { () throws(MegaraptorError) in
            let signer = try CertificateAuthority(certificate: authority, key: key)
            return try signer.issueIdentity(.velociraptorServer(name: configuration.serverName))
        }
    }

    /// Checks the gateway's certificate as the API does, which verifies it for the purpose of a server.
    private static func gateway(
        _ configuration: ServerConfiguration,
        _ authority: Certificate?,
        _ now: Int64
    ) throws(ServerFailure) -> String {
        let gateway = try certificate(configuration.text("GUI", "gw_certificate"))
        let pem = configuration.text("GUI", "gw_private_key")
        guard let key = read({ () throws(MegaraptorError) in try PrivateKey(pem: pem) }) else {
            throw .starting("tls: failed to find any PEM data in key input")
        }
        try requirePair(gateway, key)
        guard gateway.validity.contains(now) else {
            throw .starting("x509: certificate has expired or is not yet valid")
        }
        guard let authority, read({ () throws(MegaraptorError) in try gateway.isSigned(by: authority) }) == true else {
            throw .starting("x509: certificate signed by unknown authority")
        }
        guard gateway.allows(.server) else {
            throw .starting("x509: certificate specifies an incompatible key usage")
        }
        return gateway.commonName ?? ""
    }

    /// The value, or `nil`: what was wrong is told in the server's words instead of OpenSSL's.
    private static func read<Value>(_ body: () throws(MegaraptorError) -> Value) -> Value? {
        do throws(MegaraptorError) { return try body() } catch { return nil }
    }

    private static func require<Value>(
        _ body: () throws(MegaraptorError) -> Value
    ) throws(ServerFailure) -> Value {
        do throws(MegaraptorError) { return try body() } catch { throw .starting(error.message) }
    }
}
