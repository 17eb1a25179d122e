// SPDX-License-Identifier: Apache-2.0

import AWSClient
import XMLReading

/// Something that happened to a stack or one of its resources.
struct StackEvent: Sendable, Hashable {
    let id: String
    let time: String
    let resource: String
    let type: String
    let status: String
    let reason: String?
    /// That of the call by which it began.
    let token: String?

    init?(_ node: XMLNode) {
        guard let id = node.text("EventId"), let status = node.text("ResourceStatus") else { return nil }
        self.id = id
        self.status = status
        time = node.text("Timestamp") ?? ""
        resource = node.text("LogicalResourceId") ?? ""
        type = node.text("ResourceType") ?? ""
        reason = node.text("ResourceStatusReason")
        token = node.text("ClientRequestToken")
    }

    var isFailure: Bool { status.hasSuffix("_FAILED") }

    /// Failed only because another resource did.
    var isConsequence: Bool {
        reason.map { $0.contains("cancelled") || $0.contains("The following resource(s) failed") } ?? false
    }

    var text: String {
        let reason = reason.map { ": \($0)" } ?? ""
        return "\(resource) \(status)\(reason)"
    }
}

extension [StackEvent] {
    /// What went wrong first, in events of which the newest comes first.
    var cause: StackEvent? {
        let failures = filter(\.isFailure)
        return failures.last { !$0.isConsequence } ?? failures.last
    }
}
