// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors

/// Finds out where an interrupted operation stands, by looking at the outside, and brings the record up to that.
struct Recovery: Sendable {
    let store: DeploymentStore
    let deployer: DeployerClient

    /// Takes over what is there. The record then tells the truth; its operation still has to be gone on with.
    ///
    /// - Returns: what was found, in sentences.
    func reconcile(_ record: inout DeploymentRecord) async throws(MegaraptorError) -> [String] {
        let found = try await deployer.recover(record.request)
        var sentences = [found.message]
        if let state = found.state { record.providerState = state }
        record.resources = found.resources
        if var operation = record.operation {
            for place in operation.steps.indices where operation.steps[place].status != .done {
                // What a step of `create` left shows outside; every other step is simply done again.
                let isThere =
                    operation.kind == DeploymentOperation.create.rawValue
                    && found.done.contains(operation.steps[place].id)
                operation.steps[place].status = isThere ? .done : .waiting
                if isThere { operation.steps[place].message = "Found there." }
            }
            operation.failure = nil
            record.operation = operation
            let left = operation.steps.filter { $0.status != .done }
            sentences.append(
                left.isEmpty
                    ? "Every step of \(operation.kind) is done."
                    : "Of \(operation.kind) there are left: \(left.map(\.title).joined(separator: "; "))."
            )
        }
        try store.write(&record)
        return sentences
    }
}
