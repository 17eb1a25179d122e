// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Looks for credentials where the AWS SDKs look, in their order. The first place that has any counts, also where they
/// then turn out to be no good.
struct CredentialsChain: Sendable {
    let settings: AWSSettings
    let region: AWSRegion
    let clock: AWSClock

    func find() async throws(MegaraptorError) -> AWSCredentials {
        let environment = settings.environment
        if !settings.isProfileGiven, let found = try Self.inEnvironment(environment) { return found }
        let profile = ProfileCredentials(settings: settings, region: region, clock: clock)
        if let found = try await profile.find(settings.profileName) { return found }
        if let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] {
            guard let role = environment["AWS_ROLE_ARN"] else {
                throw MegaraptorError(.unauthenticated, "AWS_WEB_IDENTITY_TOKEN_FILE is set, but not AWS_ROLE_ARN.")
            }
            let session = environment["AWS_ROLE_SESSION_NAME"]
            return try await roles.assume(role, webIdentity: file, session: session)
        }
        if let container = try ContainerCredentials(environment) { return try await container.find() }
        if let instance = try InstanceMetadata(settings), let found = try await instance.credentials() { return found }
        throw MegaraptorError(
            .unauthenticated,
            "No AWS credentials were found.",
            hint: "Sign in with aws sso login, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
                + " Also looked at: the profile \(settings.profileName), a web identity, a container's and an instance's"
                + " role."
        )
    }

    private var roles: RoleCredentials { RoleCredentials(settings: settings, region: region, clock: clock) }

    /// - Throws: `unauthenticated` where only a half of the key is there.
    static func inEnvironment(_ environment: AWSEnvironment) throws(MegaraptorError) -> AWSCredentials? {
        let (key, secret) = (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
        if key == nil, secret == nil { return nil }
        guard let key, let secret else {
            throw MegaraptorError(
                .unauthenticated,
                "Of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set.",
                hint: "Set both, or neither."
            )
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: environment["AWS_SESSION_TOKEN"],
            source: "the environment"
        )
    }
}
