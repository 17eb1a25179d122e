// SPDX-License-Identifier: Apache-2.0

import AWSClient
import JSONValue
import XMLReading

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
    /// Of a snapshot: whose it is.
    let volume: String?
    /// Of a snapshot that can be used: `completed`.
    let state: String
    let tags: [String: String]
    let isEncrypted: Bool
    /// In GiB.
    let size: String?
    /// Seconds since 1970.
    let madeAt: Int64?
    /// The instances that have it.
    let machines: [String]

    init?(_ node: XMLNode, idName: String) {
        guard let id = node.text(idName) else { return nil }
        self.id = id
        volume = node.text("volumeId")
        state = node.text("status") ?? node.text("state") ?? ""
        tags = node.tags
        isEncrypted = node.text("encrypted") == "true"
        size = node.text("size")
        madeAt = (node.text("createTime") ?? node.text("startTime")).flatMap(ISO8601.unixMicroseconds)
            .map { $0 / 1_000_000 }
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
