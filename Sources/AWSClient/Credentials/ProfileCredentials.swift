// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Credentials as a profile of the shared files describes them.
struct ProfileCredentials: Sendable {
    let settings: AWSSettings
    let region: AWSRegion
    let clock: AWSClock

    /// - Parameter visited: the profiles that led here by `source_profile`.
    /// - Returns: `nil` where the profile says nothing of credentials.
    func find(_ name: String, visited: [String] = []) async throws(MegaraptorError) -> AWSCredentials? {
        guard let profile = settings.profiles.profile(name) else {
            guard let from = visited.last else { return nil }
            throw Self.failure(from, "its source_profile \(name) is in no file")
        }
        let source = "the profile \(name)"
        // A role may lean on the keys of its own profile.
        if visited.last == name { return try Self.keys(profile, name) }
        guard !visited.contains(name) else { throw Self.failure(name, "its source_profile leads back to it") }
        if let role = Self.value("role_arn", of: profile) {
            return try await assume(role, name, profile, visited).found(in: source)
        }
        if let sign = try SSOCredentials(profile, name, settings) {
            return try await sign.find(now: clock.now()).found(in: source)
        }
        if let found = try Self.keys(profile, name) { return found }
        if let command = Self.value("credential_process", of: profile) {
            return try await CredentialProcess(command: command, source: "\(source)'s credential_process").find()
        }
        return nil
    }

    private func assume(
        _ role: String,
        _ name: String,
        _ profile: ProfileFile.Section,
        _ visited: [String]
    ) async throws(MegaraptorError) -> AWSCredentials {
        let roles = RoleCredentials(settings: settings, region: region, clock: clock)
        let session = Self.value("role_session_name", of: profile)
        if let file = Self.value("web_identity_token_file", of: profile) {
            return try await roles.assume(role, webIdentity: file, session: session)
        }
        guard Self.value("mfa_serial", of: profile) == nil else {
            throw MegaraptorError(
                .unsupported,
                "The role of the profile \(name) wants a code from a device, which cannot be asked for here.",
                hint: "Take the role with the AWS CLI and give its keys by the environment, or use aws sso login."
            )
        }
        let base: AWSCredentials?
        if let source = Self.value("source_profile", of: profile) {
            base = try await find(source, visited: visited + [name])
        } else if let place = Self.value("credential_source", of: profile) {
            base = try await credentials(from: place, name)
        } else {
            throw Self.failure(name, "role_arn needs source_profile, credential_source or web_identity_token_file")
        }
        guard let base else { throw Self.failure(name, "what its role is to be taken with is not there") }
        return try await roles.assume(
            role,
            with: base,
            session: session,
            externalID: Self.value("external_id", of: profile),
            seconds: Self.value("duration_seconds", of: profile).flatMap { Int($0) }
        )
    }

    private func credentials(from place: String, _ name: String) async throws(MegaraptorError) -> AWSCredentials? {
        switch place {
        case "Environment": return try CredentialsChain.inEnvironment(settings.environment)
        case "EcsContainer": return try await ContainerCredentials(settings.environment)?.find()
        case "Ec2InstanceMetadata": return try await InstanceMetadata(settings)?.credentials()
        default: throw Self.failure(name, "there is no credential_source \(place)")
        }
    }

    private static func keys(
        _ profile: ProfileFile.Section,
        _ name: String
    ) throws(MegaraptorError) -> AWSCredentials? {
        let (key, secret) = (value("aws_access_key_id", of: profile), value("aws_secret_access_key", of: profile))
        if key == nil, secret == nil { return nil }
        guard let key, let secret else {
            throw failure(name, "of aws_access_key_id and aws_secret_access_key only one is there")
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: value("aws_session_token", of: profile),
            source: "the profile \(name)"
        )
    }

    static func value(_ name: String, of profile: ProfileFile.Section) -> String? {
        profile[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    static func failure(_ profile: String, _ why: String) -> MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "The AWS profile \(profile) gives no credentials: \(why).",
            hint: "Look at the AWS config and credentials files."
        )
    }
}
