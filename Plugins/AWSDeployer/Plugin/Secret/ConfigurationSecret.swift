// SPDX-License-Identifier: Apache-2.0

import AWSClient
import DeployerKit
import JSONValue
import MegaraptorErrors
import WholeFiles

/// The server's configuration in Secrets Manager, the only place outside the server that it is handed to.
struct ConfigurationSecret: Sendable {
    /// What Secrets Manager tells of it without its value.
    struct Description: Sendable {
        let arn: String
        let tags: [String: String]
        /// By version; one without a label is not among them, though it may still be there.
        let labels: [String: [String]]
        /// It is about to be deleted, and can be brought back until then.
        let isLeaving: Bool
        /// From when on Secrets Manager may do that, in seconds since 1970.
        let leavesAt: Int64?

        /// The version that has a label.
        func version(_ label: String) -> String? { labels.first { $0.value.contains(label) }?.key }

        var current: String? { version(ConfigurationSecret.currentLabel) }
    }

    /// What a secret may hold, in bytes.
    private static let greatest = 65_536
    /// Days during which a deletion can be taken back, the fewest that AWS offers.
    static let recoveryDays = 7
    static let currentLabel = "AWSCURRENT"
    /// On the version that the stack has. A version without any label is thrown away some time, and two updates after each
    /// other take AWS's own labels from a version that an update went back to.
    static let inUseLabel = "megaraptor-in-use"

    let client: AWSClient
    let deployment: DeploymentSpecification

    var name: String { "megaraptor/\(deployment.id)/server.config" }

    /// - Returns: `nil` where there is none.
    func look() async throws(MegaraptorError) -> Description? {
        let input: JSONObject = ["SecretId": .string(name)]
        guard let json = try await client.jsonIfThere(.secretsManager, "DescribeSecret", input),
            let arn = json["ARN"]?.stringValue
        else { return nil }
        var tags: [String: String] = [:]
        for tag in json["Tags"]?.arrayValue ?? [] {
            tags[tag["Key"]?.stringValue ?? ""] = tag["Value"]?.stringValue ?? ""
        }
        var labels: [String: [String]] = [:]
        for (version, stages) in json["VersionIdsToStages"]?.objectValue ?? [:] {
            labels[version] = stages.arrayValue?.compactMap(\.stringValue)
        }
        return Description(
            arn: arn,
            tags: tags,
            labels: labels,
            isLeaving: json["DeletedDate"].map { !$0.isNull } ?? false,
            leavesAt: json["DeletedDate"]?.doubleValue.map { Int64($0) }
        )
    }

    /// Whether a version can still be read, with a label or without.
    func has(_ version: String, _ description: Description) async throws(MegaraptorError) -> Bool {
        if description.labels[version]?.isEmpty == false { return true }
        var next: String?
        repeat {
            var input: JSONObject = ["SecretId": .string(name), "IncludeDeprecated": true, "MaxResults": 100]
            if let next { input["NextToken"] = .string(next) }
            let json = try await client.json(.secretsManager, "ListSecretVersionIds", input, .safe)
            if json["Versions"]?.arrayValue?.contains(where: { $0["VersionId"]?.stringValue == version }) == true {
                return true
            }
            next = json["NextToken"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        } while next != nil
        return false
    }

    /// The version that the files of now have, whether it is in the secret yet or not: their digest, so that the same
    /// file is never put there twice. It says nothing of what is in them, which are long random keys.
    ///
    /// - Returns: `nil` where the file is not there.
    func versionOfFile() throws(MegaraptorError) -> String? {
        guard let text = try text() else { return nil }
        return try Token.of([deployment.id, text])
    }

    /// - Throws: `not_found` where the file is not there.
    func wantedVersion() throws(MegaraptorError) -> String {
        guard let version = try versionOfFile() else { throw missing }
        return version
    }

    func create(_ tags: StackTags) async throws(MegaraptorError) {
        var input = try value()
        input["Name"] = .string(name)
        input["Description"] = .string("server.config.yaml of the Velociraptor server \(deployment.id)")
        input["Tags"] = tags.list()
        _ = try await client.json(.secretsManager, "CreateSecret", input, .safe)
    }

    /// Adds the file of now as the current version.
    func put() async throws(MegaraptorError) {
        var input = try value()
        input["SecretId"] = .string(name)
        _ = try await client.json(.secretsManager, "PutSecretValue", input, .safe)
    }

    /// Gives a label to a version that is there, and takes it from the one that has it.
    func move(
        _ label: String,
        to version: String,
        _ description: Description
    ) async throws(MegaraptorError) {
        let holder = description.version(label)
        if holder == version { return }
        var input: JSONObject = [
            "SecretId": .string(name), "VersionStage": .string(label), "MoveToVersionId": .string(version),
        ]
        if let holder { input["RemoveFromVersionId"] = .string(holder) }
        _ = try await client.json(.secretsManager, "UpdateSecretVersionStage", input, .safe)
    }

    /// Takes a deletion back.
    func restore() async throws(MegaraptorError) {
        _ = try await client.json(.secretsManager, "RestoreSecret", ["SecretId": .string(name)], .safe)
    }

    func delete() async throws(MegaraptorError) {
        let input: JSONObject = [
            "SecretId": .string(name), "RecoveryWindowInDays": .integer(Int64(Self.recoveryDays)),
        ]
        _ = try await client.json(.secretsManager, "DeleteSecret", input, .safe)
    }

    private func value() throws(MegaraptorError) -> JSONObject {
        guard let text = try text() else { throw missing }
        return ["SecretString": .string(text), "ClientRequestToken": .string(try Token.of([deployment.id, text]))]
    }

    private var missing: MegaraptorError {
        MegaraptorError(.notFound, "The server's configuration \(deployment.files.serverConfig) is not there.")
    }

    private func text() throws(MegaraptorError) -> String? {
        let path = deployment.files.serverConfig
        guard let bytes = try PrivateFile.read(path, limit: Self.greatest) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MegaraptorError(.failedPrecondition, "The server's configuration \(path) is no text in UTF-8.")
        }
        return text
    }
}
