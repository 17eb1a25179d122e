// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// An application with a password. It never shows it.
public struct ClientSecretCredential: AzureCredential {
    public let name = "ClientSecretCredential"
    let authority: String
    let tenant: String
    let clientID: String
    private let secret: String
    let retries: RetryPolicy

    public init(authority: String, tenant: String, clientID: String, secret: String, retries: RetryPolicy = .init()) {
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
        self.secret = secret
        self.retries = retries
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        let form = [
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret), ("scope", scope),
        ]
        return try await TokenEndpoint.ask(
            TokenEndpoint.url(authority: authority, tenant: tenant),
            form,
            "The application \(clientID)",
            retries
        )
    }
}

extension ClientSecretCredential: CustomStringConvertible, CustomReflectable {
    public var description: String { "ClientSecretCredential(\(clientID))" }
    public var customMirror: Mirror { Mirror(self, children: ["clientID": clientID]) }
}
