// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The shared config and credentials files together, as `aws configure` writes them.
struct SharedProfiles: Sendable {
    private let profiles: [String: ProfileFile.Section]
    private let sessions: [String: ProfileFile.Section]
    private let services: [String: ProfileFile.Section]

    init(_ environment: AWSEnvironment) throws(MegaraptorError) {
        self.init(
            config: try Self.text(environment.configFile),
            credentials: try Self.text(environment.credentialsFile)
        )
    }

    init(config: String, credentials: String) {
        let (config, credentials) = (ProfileFile(config), ProfileFile(credentials))
        var profiles: [String: ProfileFile.Section] = [:]
        var sessions: [String: ProfileFile.Section] = [:]
        var services: [String: ProfileFile.Section] = [:]
        for (heading, section) in config.sections {
            let words = heading.split(separator: " ", maxSplits: 1).map(String.init)
            switch (words.first, words.count) {
            case ("profile", 2): profiles[words[1]] = section
            case ("sso-session", 2): sessions[words[1]] = section
            case ("services", 2): services[words[1]] = section
            // `[profile default]` counts before `[default]`.
            case ("default", 1): if config.sections["profile default"] == nil { profiles["default"] = section }
            default: break
            }
        }
        // Of a setting that is in both files the one in the credentials file counts.
        for (name, section) in credentials.sections {
            profiles[name, default: [:]].merge(section) { _, later in later }
        }
        (self.profiles, self.sessions, self.services) = (profiles, sessions, services)
    }

    /// `nil` where no file has it.
    func profile(_ name: String) -> ProfileFile.Section? { profiles[name] }

    func session(_ name: String) -> ProfileFile.Section? { sessions[name] }

    /// A setting of one service in a `services` section that a profile names, such as `ec2.endpoint_url`.
    func serviceSetting(_ setting: String, of profile: String) -> String? {
        profiles[profile]?["services"].flatMap { services[$0]?[setting] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    var names: [String] { profiles.keys.sorted() }

    private static func text(_ path: String?) throws(MegaraptorError) -> String {
        guard let path, let bytes = try SmallFile.read(path) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
