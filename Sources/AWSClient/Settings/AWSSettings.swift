// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// What this machine says of AWS: the environment, a profile of the shared files, and what was given before both.
public struct AWSSettings: Sendable {
    let environment: AWSEnvironment
    let profiles: SharedProfiles
    /// The profile that counts.
    public let profileName: String
    /// Whether somebody asked for this very profile, so that keys in the environment do not count.
    let isProfileGiven: Bool
    private let givenRegion: String?
    private let givenEndpoint: AWSEndpoint?

    /// - Parameters:
    ///   - profile: given by a person; left out: `AWS_PROFILE`, then `default`.
    ///   - region: left out: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's.
    ///   - endpoint: for all services, before all that the environment and the files say.
    /// - Throws: `not_found` where a profile that was named in any way is in no file.
    public init(
        profile: String? = nil,
        region: String? = nil,
        endpoint: String? = nil,
        environment: AWSEnvironment = .process
    ) throws(MegaraptorError) {
        self.environment = environment
        profiles = try SharedProfiles(environment)
        let named = profile ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"]
        profileName = named ?? "default"
        isProfileGiven = profile != nil
        givenRegion = region
        givenEndpoint = try endpoint.map { text throws(MegaraptorError) in try AWSEndpoint(text) }
        guard named == nil || profiles.profile(profileName) != nil else {
            let known =
                profiles.names.isEmpty ? "There are none." : "There are: \(profiles.names.joined(separator: ", "))."
            throw MegaraptorError(
                .notFound,
                "There is no profile \(profileName) in the AWS config and credentials files.",
                hint: known
            )
        }
    }

    /// A setting of the profile that counts.
    func setting(_ name: String) -> String? {
        profiles.profile(profileName)?[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The region, unless only the instance that this runs on may know it.
    public func region() throws(MegaraptorError) -> AWSRegion? {
        let name = givenRegion ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? setting("region")
        return try name.map { name throws(MegaraptorError) in try AWSRegion(name) }
    }

    /// Where a service is asked.
    public func endpoint(_ service: AWSService, in region: AWSRegion) throws(MegaraptorError) -> AWSEndpoint {
        if let givenEndpoint { return givenEndpoint }
        if let url = configuredEndpoint(service) { return try AWSEndpoint(url) }
        return try .regional(service, region)
    }

    /// In the order that AWS documents for "Service-specific endpoints".
    private func configuredEndpoint(_ service: AWSService) -> String? {
        let ignores = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? setting("ignore_configured_endpoint_urls")
        if ignores?.lowercased() == "true" { return nil }
        return environment["AWS_ENDPOINT_URL_\(service.settingName.uppercased())"] ?? environment["AWS_ENDPOINT_URL"]
            ?? profiles.serviceSetting("\(service.settingName).endpoint_url", of: profileName)
            ?? setting("endpoint_url")
    }
}
