// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Keeps a credential's tokens in memory, and nowhere else, until shortly before they end.
public actor TokenCache {
    private let credential: any AzureCredential
    private var tokens: [String: AccessToken] = [:]

    public init(_ credential: any AzureCredential) {
        self.credential = credential
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        if let token = tokens[scope], token.isFresh { return token }
        let token = try await credential.token(for: scope)
        tokens[scope] = token
        return token
    }

    /// Forgets a token that was refused before its time.
    func forget(_ scope: String) { tokens[scope] = nil }
}
