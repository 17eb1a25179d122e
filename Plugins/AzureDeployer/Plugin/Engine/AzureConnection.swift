// SPDX-License-Identifier: Apache-2.0

import AzureClient
import MegaraptorErrors

/// Resource Manager, reached as somebody, for one subscription.
struct AzureConnection: Sendable {
    let client: ARMClient
    let subscription: String
    let pace: AzureDeployer.Pace

    /// Options count before the environment, and that before what Azure CLI is set to.
    init(_ options: AzureOptions, _ pace: AzureDeployer.Pace) async throws(MegaraptorError) {
        let environment = AzureEnvironment.process
        let cloud = try AzureCloud(
            named: options.cloud?.rawValue,
            authority: options.authorityHost ?? environment.authority,
            resourceManager: options.managementEndpoint
        )
        let tokens = TokenCache(
            try CredentialChain.usual(
                environment,
                authority: cloud.authority,
                tenant: options.tenantID,
                retries: pace.retries
            )
        )
        let token = try await tokens.token(for: cloud.scope)
        guard let subscription = options.subscriptionID ?? environment.subscription ?? token.subscription else {
            throw MegaraptorError(
                .invalidArgument,
                "It is not known in which subscription the server is to be.",
                hint: "Give subscription_id, or set AZURE_SUBSCRIPTION_ID for the host."
            )
        }
        // It becomes part of paths.
        guard subscription.utf8.count == 36, subscription.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
            throw MegaraptorError(.invalidArgument, "The subscription \"\(subscription.prefix(40))\" is no id.")
        }
        client = ARMClient(cloud, tokens: tokens, retries: pace.retries)
        self.subscription = subscription
        self.pace = pace
    }

    var subscriptionPath: String { "/subscriptions/\(subscription)" }
}
