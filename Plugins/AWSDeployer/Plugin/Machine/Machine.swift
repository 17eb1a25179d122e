// SPDX-License-Identifier: Apache-2.0

import AWSClient

/// An EC2 instance of the deployment.
struct Machine: Sendable {
    let id: String
    /// `pending`, `running`, `stopping`, `stopped`, `shutting-down`, `terminated`.
    let state: String
    let launchedAt: String?
    let tags: [String: String]
    /// Whether its metadata service demands tokens, without which a request that somebody made it send would do.
    let demandsTokens: Bool

    init?(_ node: XMLNode) {
        guard let id = node.text("instanceId"), let state = node["instanceState"]?.text("name") else { return nil }
        self.id = id
        self.state = state
        launchedAt = node.text("launchTime")
        tags = node.tags
        demandsTokens = node["metadataOptions"]?.text("httpTokens") != "optional"
    }

    var isRunning: Bool { state == "running" }
}

/// An EBS volume or snapshot of the deployment.
struct Storage: Sendable {
    let id: String
    let state: String
    let tags: [String: String]
    let isEncrypted: Bool
    /// The instances that have it.
    let machines: [String]

    init?(_ node: XMLNode, idName: String) {
        guard let id = node.text(idName) else { return nil }
        self.id = id
        state = node.text("status") ?? node.text("state") ?? ""
        tags = node.tags
        isEncrypted = node.text("encrypted") == "true"
        machines = node.list("attachmentSet").compactMap { $0.text("instanceId") }
    }
}

extension XMLNode {
    fileprivate var tags: [String: String] {
        var tags: [String: String] = [:]
        for tag in list("tagSet") { tags[tag.text("key") ?? ""] = tag.text("value") ?? "" }
        return tags
    }
}
