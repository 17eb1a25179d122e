// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors
import WholeFiles

/// What one deployment brings to Azure: the template, its parameters, and the configuration.
struct DeploymentContent: Sendable {
    let template: DeploymentTemplate
    /// The text of server.config.yaml. Secret.
    private let configuration: String
    /// Begins the digest of the configuration, which holds random keys, so that it tells nothing of them.
    let configurationVersion: String

    /// Reads the finished configuration.
    init(_ template: DeploymentTemplate, file: String) throws(MegaraptorError) {
        self.template = template
        // A secret of a Key Vault has 25 kB at most.
        guard let bytes = try PrivateFile.read(file, limit: 25_000) else {
            throw MegaraptorError(.failedPrecondition, "The server's configuration \(file) is not there.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MegaraptorError(.failedPrecondition, "The server's configuration \(file) is no text in UTF-8.")
        }
        configuration = text
        configurationVersion = String(Hexadecimal.encode(try SHA256.digest(bytes)).prefix(16))
    }

    /// For questions before there is a configuration: nothing of it is deployed.
    private init(planned template: DeploymentTemplate) {
        self.template = template
        configuration = "not written yet"
        configurationVersion = "planned"
    }

    static func planned(_ template: DeploymentTemplate) -> DeploymentContent { DeploymentContent(planned: template) }

    /// Tells one content from another.
    var digest: String {
        get throws(MegaraptorError) { try Self.digest(template, configurationVersion) }
    }

    /// Without the secret and without the key that is made for nobody.
    static func digest(_ template: DeploymentTemplate, _ version: String) throws(MegaraptorError) -> String {
        let all: JSONValue = [
            "template": template.body, "parameters": .object(template.parameters), "configuration": .string(version),
        ]
        return String(Hexadecimal.encode(try SHA256.digest(all.sorted.jsonBytes())).prefix(32))
    }

    /// The body of a deployment.
    ///
    /// - Parameters:
    ///   - sshKey: the administrator's public key: see ``AdministratorKey``.
    ///   - tags: of the deployment itself; those for questions have none.
    func body(sshKey: String, tags: JSONObject? = nil, settings: JSONObject = [:]) -> JSONValue {
        var parameters = template.parameters
        parameters["serverConfiguration"] = ["value": .string(configuration)]
        parameters["configurationVersion"] = ["value": .string(configurationVersion)]
        parameters["sshPublicKey"] = ["value": .string(sshKey)]
        var properties: JSONObject = [
            "mode": "Incremental", "template": template.body, "parameters": .object(parameters),
        ]
        for (key, value) in settings { properties[key] = value }
        var body: JSONObject = ["properties": .object(properties)]
        if let tags { body["tags"] = .object(tags) }
        return .object(body)
    }
}

extension DeploymentContent: CustomReflectable {
    /// Without the configuration.
    var customMirror: Mirror { Mirror(self, children: ["configurationVersion": configurationVersion]) }
}
