// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// The application that the environment names, with its secret, its certificate, or a token of another provider.
public struct EnvironmentCredential: AzureCredential {
    let environment: AzureEnvironment
    let authority: String
    let tenant: String?
    /// Whether it is the federated token and nothing else, which Azure's libraries try after the others.
    let isWorkload: Bool
    let retries: RetryPolicy

    public init(
        _ environment: AzureEnvironment,
        authority: String,
        tenant: String?,
        isWorkload: Bool = false,
        retries: RetryPolicy = .init()
    ) {
        self.environment = environment
        self.authority = authority
        self.tenant = tenant
        self.isWorkload = isWorkload
        self.retries = retries
    }

    public var name: String { isWorkload ? "WorkloadIdentityCredential" : "EnvironmentCredential" }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        try await credential().token(for: scope)
    }

    private func credential() throws(MegaraptorError) -> any AzureCredential {
        guard let tenant, let clientID = environment.clientID else {
            throw CredentialFault.absent("AZURE_TENANT_ID and AZURE_CLIENT_ID are not both set.")
        }
        if isWorkload {
            guard let file = environment["AZURE_FEDERATED_TOKEN_FILE"] else {
                throw CredentialFault.absent("AZURE_FEDERATED_TOKEN_FILE is not set.")
            }
            return WorkloadIdentityCredential(
                authority: authority,
                tenant: tenant,
                clientID: clientID,
                file: file,
                retries: retries
            )
        }
        if let secret = environment["AZURE_CLIENT_SECRET"] {
            return ClientSecretCredential(
                authority: authority,
                tenant: tenant,
                clientID: clientID,
                secret: secret,
                retries: retries
            )
        }
        guard let file = environment["AZURE_CLIENT_CERTIFICATE_PATH"] else {
            throw CredentialFault.absent(
                "Neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set."
            )
        }
        let chain = environment["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.lowercased()
        return ClientCertificateCredential(
            authority: authority,
            tenant: tenant,
            clientID: clientID,
            file: file,
            sendsChain: chain == "1" || chain == "true",
            retries: retries
        )
    }
}
