// SPDX-License-Identifier: Apache-2.0

import AWSClient
import XMLReading

/// A resource of a stack as CloudFormation made it.
struct StackMember: Sendable {
    let logicalID: String
    let physicalID: String
    let type: String
    let status: String

    init?(_ node: XMLNode) {
        guard let logicalID = node.text("LogicalResourceId"), let type = node.text("ResourceType") else { return nil }
        self.logicalID = logicalID
        self.type = type
        physicalID = node.text("PhysicalResourceId") ?? ""
        status = node.text("ResourceStatus") ?? ""
    }

    var exists: Bool { !physicalID.isEmpty && status != "DELETE_COMPLETE" && status != "DELETE_SKIPPED" }
}
