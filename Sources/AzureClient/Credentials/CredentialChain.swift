// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Credentials in the order in which they are tried. The first that is there decides.
public struct CredentialChain: AzureCredential {
    public let name = "DefaultAzureCredential"
    let credentials: [any AzureCredential]

    public init(_ credentials: [any AzureCredential]) {
        self.credentials = credentials
    }

    /// What Azure's own libraries try without being told: the environment, a workload identity, a managed identity, Azure
    /// CLI. `AZURE_TOKEN_CREDENTIALS` may name one, or `prod` for the first three and `dev` for the last.
    public static func usual(
        _ environment: AzureEnvironment,
        authority: String,
        tenant: String?,
        retries: RetryPolicy = .init()
    ) throws(MegaraptorError) -> CredentialChain {
        let all = candidates(environment, authority, tenant ?? environment.tenant, retries)
        guard let wanted = environment["AZURE_TOKEN_CREDENTIALS"]?.lowercased() else {
            return CredentialChain(all.map(\.credential))
        }
        let chosen = all.filter { $0.names.contains(wanted) }
        guard !chosen.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "AZURE_TOKEN_CREDENTIALS names no credential that is known here.",
                hint:
                    "It may be prod, dev, EnvironmentCredential, WorkloadIdentityCredential, ManagedIdentityCredential"
                    + " or AzureCliCredential."
            )
        }
        return CredentialChain(chosen.map(\.credential))
    }

    /// Each with the words that choose it.
    private static func candidates(
        _ environment: AzureEnvironment,
        _ authority: String,
        _ tenant: String?,
        _ retries: RetryPolicy
    ) -> [(names: [String], credential: any AzureCredential)] {
        [
            (
                ["environmentcredential", "prod"],
                EnvironmentCredential(environment, authority: authority, tenant: tenant, retries: retries)
            ),
            (
                ["workloadidentitycredential", "prod"],
                EnvironmentCredential(
                    environment,
                    authority: authority,
                    tenant: tenant,
                    isWorkload: true,
                    retries: retries
                )
            ),
            (
                ["managedidentitycredential", "prod"],
                ManagedIdentityCredential(environment, clientID: environment.clientID, retries: retries)
            ),
            (["azureclicredential", "dev"], AzureCLICredential(environment, tenant: tenant)),
        ]
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        var reasons: [String] = []
        for credential in credentials {
            do throws(MegaraptorError) {
                return try await credential.token(for: scope)
            } catch {
                guard CredentialFault.isAbsent(error) else { throw error }
                reasons.append("\(credential.name): \(error.message)")
            }
        }
        throw MegaraptorError(
            .unauthenticated,
            "No credential for Azure was found on this machine.",
            hint: "Run \"az login\", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or"
                + " AZURE_CLIENT_CERTIFICATE_PATH) for the host.",
            cause: reasons.joined(separator: " ")
        )
    }
}
