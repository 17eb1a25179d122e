// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors
internal import WholeFiles

/// Somebody whom another identity provider vouches for, such as a pod of Kubernetes, by a token in a file.
public struct WorkloadIdentityCredential: AzureCredential {
    public let name = "WorkloadIdentityCredential"
    let authority: String
    let tenant: String
    let clientID: String
    let file: String
    let retries: RetryPolicy

    public init(authority: String, tenant: String, clientID: String, file: String, retries: RetryPolicy = .init()) {
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
        self.file = file
        self.retries = retries
    }

    /// The file is read each time: whoever writes it exchanges it often.
    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        let bytes = try WholeFile.require(file)
        let assertion = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard !assertion.isEmpty else {
            throw MegaraptorError(.failedPrecondition, "The federated token file \(file) is empty.")
        }
        return try await TokenEndpoint.ask(
            TokenEndpoint.url(authority: authority, tenant: tenant),
            AssertionForm.of(clientID, assertion, scope),
            "The workload identity \(clientID)",
            retries
        )
    }
}
