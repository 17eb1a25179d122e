// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors

/// Finds out where an interrupted operation stands, by looking at the outside, and brings the record up to that.
struct Recovery: Sendable {
    let store: DeploymentStore
    let deployer: DeployerClient

    /// What was found, in sentences.
    struct Findings: Sendable {
        var sentences: [String] = []
        /// Whether there is anything left to do.
        var isOpen = false
    }

    /// Takes over what is there. The record then tells the truth; its operation still has to be gone on with.
    func reconcile(_ record: inout DeploymentRecord) async throws(MegaraptorError) -> Findings {
        var findings = Findings()
        let found = try await deployer.recover(record.request)
        findings.sentences.append(found.message)
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
            findings.isOpen = true
            findings.sentences.append(
                left.isEmpty
                    ? "Every step of \(operation.kind) is done."
                    : "Of \(operation.kind) there are left: \(left.map(\.title).joined(separator: "; "))."
            )
        }
        try store.write(&record)
        return findings
    }
}
