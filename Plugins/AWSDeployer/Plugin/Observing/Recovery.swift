// SPDX-License-Identifier: Apache-2.0

import AWSClient
import DeployerKit
import MegaraptorErrors

/// Finds by tags what there is of a deployment.
struct Recovery: Sendable {
    let task: AWSTask
    /// What else has to be told; empty, or with a blank before it.
    var remark = ""

    func look() async throws(MegaraptorError) -> RecoveredState {
        let inventory = try await task.inventory()
        let foreign = inventory.foreign.map { " The \($0) is somebody else's." }.joined()
        guard !inventory.isEmpty else {
            return RecoveredState(
                state: nil,
                resources: [],
                done: [],
                message: "Region \(task.client.region) has nothing of this deployment.\(foreign)\(remark)"
            )
        }
        let stack = inventory.stack.map { "the stack, \($0.status)" } ?? "no stack"
        let others = inventory.resources.count { $0.holdsData == true }
        return RecoveredState(
            state: try inventory.state.json(),
            resources: inventory.resources,
            done: try await done(inventory).map(\.rawValue),
            message: "Found \(stack), and \(others) things with data, by this deployment's tag.\(foreign)\(remark)"
        )
    }

    private func done(_ inventory: Inventory) async throws(MegaraptorError) -> [StepID] {
        var done: [StepID] = []
        if let secret = inventory.secret, !secret.isLeaving {
            // The file may be lost with the state; then the secret counts as it is.
            let wanted = try task.secret.versionOfFile() ?? secret.current
            if let wanted, try await task.secret.has(wanted, secret) { done.append(.secret) }
        }
        guard let stack = inventory.stack, !stack.status.isFailedCreation, !stack.status.isDeleting,
            !stack.status.name.hasPrefix("ROLLBACK")
        else { return done }
        done.append(.stack)
        if stack.status.isStanding { done.append(.wait) }
        return done
    }
}
