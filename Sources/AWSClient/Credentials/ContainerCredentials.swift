// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import MegaraptorErrors

/// Credentials of a task's role in ECS, or a pod's in EKS.
struct ContainerCredentials: Sendable {
    private let url: String
    private let authorization: String?
    private let authorizationFile: String?

    /// - Returns: `nil` where this is no container with a role.
    init?(_ environment: AWSEnvironment) throws(MegaraptorError) {
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            guard path.hasPrefix("/") else {
                throw MegaraptorError(
                    .unauthenticated,
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with a slash."
                )
            }
            url = "http://169.254.170.2\(path)"
        } else if let whole = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
            try MetadataAddress.check(whole, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
            url = whole
        } else {
            return nil
        }
        authorization = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        authorizationFile = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
    }

    func find() async throws(MegaraptorError) -> AWSCredentials {
        var request = HTTPRequest("GET", url, limits: MetadataAddress.limits, greatestBody: 1 << 20)
        // The file counts, because its token is changed in time.
        let token: String? =
            if let authorizationFile {
                try SmallFile.token(authorizationFile, what: "The container's authorization token")
            } else {
                authorization
            }
        if let token { request.headers.add("Authorization", token) }
        request.headers.add("Accept", "application/json")
        let response = try await MetadataAddress.client.send(request)
        guard response.isSuccess else {
            throw MegaraptorError(
                .unauthenticated,
                "The container's credentials endpoint answers with status \(response.status).",
                hint: "Check the role of the task or pod."
            )
        }
        return try CredentialsDocument.read(response.body, tokenName: "Token", source: "the container's role")
    }
}
