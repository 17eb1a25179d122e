// SPDX-License-Identifier: Apache-2.0

import AWSClient
import XMLReading

/// A stack as CloudFormation tells of it.
struct Stack: Sendable {
    let id: String
    let name: String
    let status: StackStatus
    let reason: String?
    let tags: [String: String]
    let parameters: [String: String]
    let outputs: [String: String]
    let createdAt: String?

    init?(_ node: XMLNode) {
        guard let id = node.text("StackId"), let name = node.text("StackName"), let status = node.text("StackStatus")
        else { return nil }
        self.id = id
        self.name = name
        self.status = StackStatus(status)
        reason = node.text("StackStatusReason")
        tags = Self.map(node.list("Tags"), "Key", "Value")
        parameters = Self.map(node.list("Parameters"), "ParameterKey", "ParameterValue")
        outputs = Self.map(node.list("Outputs"), "OutputKey", "OutputValue")
        createdAt = node.text("CreationTime")
    }

    private static func map(_ nodes: [XMLNode], _ key: String, _ value: String) -> [String: String] {
        var map: [String: String] = [:]
        for node in nodes { map[node.text(key) ?? ""] = node.text(value) ?? "" }
        return map
    }
}
