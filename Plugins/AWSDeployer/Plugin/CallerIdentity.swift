// SPDX-License-Identifier: Apache-2.0

import AWSClient
import MegaraptorErrors
import XMLReading

/// Who the credentials belong to.
struct CallerIdentity: Sendable {
    let account: String
    let arn: String

    /// - Throws: where the credentials are no good.
    init(_ client: AWSClient) async throws(MegaraptorError) {
        let answer = try await client.query(.sts, "GetCallerIdentity", [:], .safe)["GetCallerIdentityResult"]
        account = answer?.text("Account") ?? ""
        arn = answer?.text("Arn") ?? ""
    }
}
