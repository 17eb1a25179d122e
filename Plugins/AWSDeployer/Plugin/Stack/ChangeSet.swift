// SPDX-License-Identifier: Apache-2.0

import AWSClient
import XMLReading

/// What an update of a stack would do, as CloudFormation has worked it out.
struct ChangeSet: Sendable {
    struct Change: Sendable {
        /// `Add`, `Modify`, `Remove`, `Dynamic`.
        let action: String
        let resource: String
        let type: String
        /// `True`, `False`, `Conditional`; `nil` where the action has none.
        let replacement: String?
    }

    let status: String
    let reason: String
    let executionStatus: String
    private(set) var changes: [Change]

    init(_ result: XMLNode?) {
        status = result?.text("Status") ?? ""
        reason = result?.text("StatusReason") ?? ""
        executionStatus = result?.text("ExecutionStatus") ?? ""
        changes = (result?.list("Changes") ?? []).compactMap { $0["ResourceChange"] }.map { node in
            Change(
                action: node.text("Action") ?? "",
                resource: node.text("LogicalResourceId") ?? "",
                type: node.text("ResourceType") ?? "",
                replacement: node.text("Replacement")
            )
        }
    }

    /// With those of a further page.
    func adding(_ more: [Change]) -> ChangeSet {
        var copy = self
        copy.changes += more
        return copy
    }

    var isBeingMade: Bool { status == "CREATE_PENDING" || status == "CREATE_IN_PROGRESS" }
    var isReady: Bool { status == "CREATE_COMPLETE" }
    var isExecuted: Bool { executionStatus.hasPrefix("EXECUTE_") }

    /// There is nothing to update: CloudFormation calls that a failure.
    var isEmpty: Bool {
        status == "FAILED"
            && (reason.contains("didn't contain changes") || reason.contains("No updates are to be performed"))
    }
}
