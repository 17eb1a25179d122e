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
        /// Those that can still be read.
        let versions: [String]
        let current: String?
        /// It is about to be deleted, and can be brought back until then.
        let isLeaving: Bool

        func isOurs(_ wanted: StackTags) -> Bool { wanted.all.allSatisfy { tags[$0.key] == $0.value } }
    }

    /// What a secret may hold, in bytes.
    private static let greatest = 65_536
    /// Days during which a deletion can be taken back, the fewest that AWS offers.
    static let recoveryDays = 7

    let client: AWSClient
    let deployment: DeploymentSpecification

    var name: String { "megaraptor/\(deployment.id)/server.config" }

    /// - Returns: `nil` where there is none.
    func look() async throws(MegaraptorError) -> Description? {
        do {
            let json = try await client.json(.secretsManager, "DescribeSecret", ["SecretId": .string(name)], .safe)
            guard let arn = json["ARN"]?.stringValue else { return nil }
            var tags: [String: String] = [:]
            for tag in json["Tags"]?.arrayValue ?? [] {
                tags[tag["Key"]?.stringValue ?? ""] = tag["Value"]?.stringValue ?? ""
            }
            let versions = json["VersionIdsToStages"]?.objectValue ?? [:]
            let current = versions.first { $0.value.arrayValue?.contains("AWSCURRENT") == true }
            return Description(
                arn: arn,
                tags: tags,
                versions: versions.keys,
                current: current?.key,
                isLeaving: json["DeletedDate"].map { !$0.isNull } ?? false
            )
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// The version that the files of now have, whether it is in the secret yet or not: their digest, so that the same
    /// file is never put there twice. It says nothing of what is in them, which are long random keys.
    func wantedVersion() throws(MegaraptorError) -> String {
        try Token.of([deployment.id, try text()])
    }

    func create(_ tags: StackTags) async throws(MegaraptorError) {
        let input: JSONObject = [
            "Name": .string(name),
            "Description": .string("server.config.yaml of the Velociraptor server \(deployment.id)"),
            "SecretString": .string(try text()), "ClientRequestToken": .string(try wantedVersion()),
            "Tags": tags.list(),
        ]
        _ = try await client.json(.secretsManager, "CreateSecret", input, .safe)
    }

    func put() async throws(MegaraptorError) {
        let input: JSONObject = [
            "SecretId": .string(name), "SecretString": .string(try text()),
            "ClientRequestToken": .string(try wantedVersion()),
        ]
        _ = try await client.json(.secretsManager, "PutSecretValue", input, .safe)
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

    private func text() throws(MegaraptorError) -> String {
        let path = deployment.files.serverConfig
        guard let bytes = try PrivateFile.read(path, limit: Self.greatest) else {
            throw MegaraptorError(.notFound, "The server's configuration \(path) is not there.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MegaraptorError(.failedPrecondition, "The server's configuration \(path) is no text in UTF-8.")
        }
        return text
    }
}
