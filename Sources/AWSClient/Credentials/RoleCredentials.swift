// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import XMLReading

/// Credentials of a role, which STS gives to whoever may take it.
struct RoleCredentials: Sendable {
    let settings: AWSSettings
    let region: AWSRegion
    let clock: AWSClock

    /// With the credentials of somebody else.
    func assume(
        _ role: String,
        with base: AWSCredentials,
        session: String?,
        externalID: String?,
        seconds: Int?
    ) async throws(MegaraptorError) -> AWSCredentials {
        var parameters: QueryParameters = [
            "RoleArn": role, "RoleSessionName": session ?? Self.sessionName(clock.now()),
        ]
        parameters.set("ExternalId", externalID)
        parameters.set("DurationSeconds", seconds.map(String.init))
        let client = AWSClient(settings, region, base, clock)
        let answer = try await client.query(.sts, "AssumeRole", parameters, .safe)
        return try Self.read(answer["AssumeRoleResult"], role)
    }

    /// With a token that somebody outside AWS has signed, such as a Kubernetes cluster. The call itself is not signed.
    func assume(
        _ role: String,
        webIdentity file: String,
        session: String?
    ) async throws(MegaraptorError) -> AWSCredentials {
        let token = try SmallFile.token(file, what: "The web identity's token")
        let parameters: QueryParameters = [
            "RoleArn": role, "RoleSessionName": session ?? Self.sessionName(clock.now()), "WebIdentityToken": token,
        ]
        let client = AWSClient(settings, region, nil, clock)
        do {
            let answer = try await client.query(.sts, "AssumeRoleWithWebIdentity", parameters, .safe)
            return try Self.read(answer["AssumeRoleWithWebIdentityResult"], role)
        } catch {
            var error = error
            // The token alone is enough to take the role, so no answer may show it.
            error.message = error.message.replacing(token, with: "[hidden]")
            throw error
        }
    }

    private static func read(_ result: XMLNode?, _ role: String) throws(MegaraptorError) -> AWSCredentials {
        let credentials = result?["Credentials"]
        guard let key = credentials?.text("AccessKeyId"), let secret = credentials?.text("SecretAccessKey"),
            let token = credentials?.text("SessionToken"), let end = credentials?.text("Expiration"),
            let microseconds = ISO8601.unixMicroseconds(end)
        else { throw MegaraptorError(.unauthenticated, "The answer of STS for the role \(role) cannot be read.") }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: token,
            expiration: microseconds / 1_000_000,
            source: "the role \(role)"
        )
    }

    private static func sessionName(_ now: Int64) -> String { "megaraptor-\(now)" }
}
