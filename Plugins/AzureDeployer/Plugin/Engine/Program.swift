// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

/// The server program of a deployment, as its template's parameters have it.
struct Program: Codable, Sendable, Hashable {
    var url: String
    var sha256: String
    var version: String
    var architecture: String

    init(_ source: ProgramSource) {
        url = source.url
        sha256 = source.sha256
        version = source.version
        architecture = source.architecture.rawValue
    }

    /// Of a deployment that is there.
    init?(_ record: DeploymentRecord) {
        guard let url = record.parameter("programUrl"), let sha256 = record.parameter("programSha256"),
            let version = record.parameter("programVersion"), let size = record.parameter("vmSize")
        else { return nil }
        self.url = url
        self.sha256 = sha256
        self.version = version
        architecture = DeploymentTemplate.architecture(of: size).rawValue
    }

    // MARK: - As tags

    private static let names = (
        url: "org.megaraptor.former-url", sha256: "org.megaraptor.former-sha256",
        version: "org.megaraptor.former-version", architecture: "org.megaraptor.former-architecture"
    )

    /// On the deployment the former program is remembered beside the state, which may be lost. Longer values than 256
    /// characters are no tags.
    var tags: JSONObject {
        guard url.count <= 256 else { return [:] }
        return [
            Self.names.url: .string(url), Self.names.sha256: .string(sha256), Self.names.version: .string(version),
            Self.names.architecture: .string(architecture),
        ]
    }

    init?(tags: JSONObject) {
        guard let url = tags[Self.names.url]?.stringValue, let sha256 = tags[Self.names.sha256]?.stringValue,
            let version = tags[Self.names.version]?.stringValue,
            let architecture = tags[Self.names.architecture]?.stringValue
        else { return nil }
        self.url = url
        self.sha256 = sha256
        self.version = version
        self.architecture = architecture
    }

    var json: JSONValue {
        [
            "url": .string(url), "sha256": .string(sha256), "version": .string(version),
            "architecture": .string(architecture),
        ]
    }
}
