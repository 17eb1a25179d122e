// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors

extension OperationRecord {
    static let destroy = "destroy"

    /// An operation that has not begun, after a plan that somebody has agreed to.
    init(_ operation: DeploymentOperation, _ plan: DeploymentPlan, now: String) throws(MegaraptorError) {
        self.init(
            kind: operation.rawValue,
            digest: plan.digest ?? "",
            plan: try encoded(plan),
            steps: plan.steps.map { Step(id: $0.id, title: $0.title) },
            started: now
        )
    }

    init(_ removal: RemovalPlan, now: String) throws(MegaraptorError) {
        self.init(
            kind: Self.destroy,
            digest: removal.digest ?? "",
            plan: try encoded(removal),
            steps: removal.steps.map { Step(id: $0.id, title: $0.title) },
            started: now
        )
    }

    /// The phase while it goes on.
    var phase: DeploymentRecord.Phase {
        switch kind {
        case DeploymentOperation.create.rawValue: .creating
        case Self.destroy: .destroying
        default: .changing
        }
    }

    /// The phase once it is done.
    var finalPhase: DeploymentRecord.Phase { kind == Self.destroy ? .destroyed : .active }
}
