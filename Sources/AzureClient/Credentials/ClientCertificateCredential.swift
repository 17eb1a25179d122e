// SPDX-License-Identifier: Apache-2.0

internal import Certificates
public import MegaraptorErrors
internal import WholeFiles

/// An application with a certificate whose key signs for it.
public struct ClientCertificateCredential: AzureCredential {
    public let name = "ClientCertificateCredential"
    let authority: String
    let tenant: String
    let clientID: String
    let file: String
    let sendsChain: Bool
    let retries: RetryPolicy

    /// - Parameter file: the certificate and its key without passphrase, in PEM. Read anew for each token, so that it can
    ///   be exchanged.
    public init(
        authority: String,
        tenant: String,
        clientID: String,
        file: String,
        sendsChain: Bool = false,
        retries: RetryPolicy = .init()
    ) {
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
        self.file = file
        self.sendsChain = sendsChain
        self.retries = retries
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        let pem = try WholeFile.require(file)
        let url = TokenEndpoint.url(authority: authority, tenant: tenant)
        let scheme: SignatureScheme = tenant == "adfs" ? .rsaPKCS1 : .rsaPSS
        let assertion: ClientAssertion
        do throws(MegaraptorError) {
            assertion = try ClientAssertion(pem: pem, scheme: scheme, sendsChain: sendsChain)
        } catch {
            throw MegaraptorError(
                error.code,
                "The client certificate \(file) cannot be used: \(error.message).",
                hint:
                    "It is PEM with the certificate and its RSA key without passphrase. Of a .pfx make one with \"openssl"
                    + " pkcs12 -in file.pfx -nodes\"."
            )
        }
        let text = try assertion.text(clientID: clientID, audience: url)
        return try await TokenEndpoint.ask(
            url,
            AssertionForm.of(clientID, text, scope),
            "The application \(clientID)",
            retries
        )
    }
}

/// The form that brings a signed statement.
enum AssertionForm {
    static func of(_ clientID: String, _ assertion: String, _ scope: String) -> [(String, String)] {
        [
            ("grant_type", "client_credentials"), ("client_id", clientID),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion), ("scope", scope),
        ]
    }
}
