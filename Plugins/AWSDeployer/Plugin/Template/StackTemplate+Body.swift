// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import YAMLSource

extension StackTemplate {
    /// What CloudFormation takes at most when the template comes with the call.
    static let sizeLimit = 51_200

    /// The template as YAML, with comments for whoever reads it.
    var body: String {
        let head: JSONObject = ["AWSTemplateFormatVersion": "2010-09-09", "Description": .string(description)]
        let sections = [
            preamble + YAMLEmitter.text(for: .object(head)),
            "Parameters:\n" + parameterEntries.map { Self.entry(nil, $0.name, $0.json) }.joined(separator: "\n"),
            "Resources:\n"
                + resources.map { Self.entry($0.note, $0.logicalID, $0.json) }.joined(separator: "\n"),
            "Outputs:\n" + outputs.map { Self.entry(nil, $0.key, $0.value) }.joined(separator: "\n"),
        ]
        return sections.joined(separator: "\n")
    }

    private static func entry(_ note: String?, _ name: String, _ value: JSONValue) -> String {
        let comment = note.map { Self.wrapped($0).map { "# \($0)\n" }.joined() } ?? ""
        let text = comment + YAMLEmitter.text(for: .object(JSONObject([(name, value)])))
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    }

    /// Lines of at most 110 characters.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < 110 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private var preamble: String {
        """
        # Velociraptor \(deployment.id) on AWS: one server in an Auto Scaling group of exactly one.
        #
        # It holds no key and no password. The server's configuration, which does, lies in Secrets Manager, and only the
        # machine's own role reads it. To use this file without the product that made it, put the configuration there:
        #   aws secretsmanager create-secret --name megaraptor/\(deployment.id)/server.config --secret-string file://server.config.yaml
        # and give the answer's ARN and VersionId as ConfigurationSecret and ConfigurationVersion, with --capabilities CAPABILITY_IAM.
        #
        # Removing the stack leaves the data volume, its snapshots, the logs and the secret.

        """
    }

    private var description: String {
        "Velociraptor server \(deployment.id) (profile \(deployment.profile)): one self-healing machine with an encrypted data"
            + " volume that outlives it. \(ServerShape.frontendLimits)"
    }
}
