// SPDX-License-Identifier: Apache-2.0

import Certificates
import Cryptography
import Glibc
import JSONValue
import MegaraptorErrors

/// The signed statement by which an application with a certificate says who it is (RFC 7523).
struct ClientAssertion: Sendable {
    /// The first is the application's own; those after it lead to its authority.
    let certificates: [Certificate]
    let key: PrivateKey
    /// Entra takes PSS and the certificate's SHA-256; AD FS only knows the older ones.
    let scheme: SignatureScheme
    /// Whether the certificates are sent along, for applications that trust a name and not one certificate.
    let sendsChain: Bool

    /// - Parameter pem: the certificate and its key in one text.
    init(pem: [UInt8], scheme: SignatureScheme, sendsChain: Bool) throws(MegaraptorError) {
        certificates = try Certificate.all(pem: pem)
        key = try PrivateKey(pem: pem)
        guard try certificates[0].matches(key) else {
            throw MegaraptorError(.invalidArgument, "The client certificate and its key do not belong together.")
        }
        self.scheme = scheme
        self.sendsChain = sendsChain
    }

    /// A statement for one request, good for ten minutes.
    func text(clientID: String, audience: String) throws(MegaraptorError) -> String {
        let now = Int64(time(nil))
        let claims: JSONValue = [
            "aud": .string(audience), "iss": .string(clientID), "sub": .string(clientID),
            "jti": .string(AzureIdentifier.random()), "nbf": .integer(now - 60), "iat": .integer(now),
            "exp": .integer(now + 600),
        ]
        let signed = "\(Self.encode(try header().jsonBytes())).\(Self.encode(claims.jsonBytes()))"
        return "\(signed).\(Self.encode(try key.sign(Array(signed.utf8), scheme)))"
    }

    private func header() throws(MegaraptorError) -> JSONValue {
        var header: JSONObject = ["typ": "JWT"]
        switch scheme {
        case .rsaPSS:
            header["alg"] = "PS256"
            header["x5t#S256"] = .string(Self.encode(try SHA256.digest(certificates[0].der)))
        case .rsaPKCS1:
            header["alg"] = "RS256"
            header["x5t"] = .string(Self.encode(try certificates[0].sha1Thumbprint()))
        }
        if sendsChain { header["x5c"] = .array(certificates.map { .string(Base64.encode($0.der)) }) }
        return .object(header)
    }

    /// Base64 for URLs, without padding (RFC 7515).
    private static func encode(_ bytes: [UInt8]) -> String {
        String(Base64.encode(bytes, .url).prefix { $0 != "=" })
    }
}
