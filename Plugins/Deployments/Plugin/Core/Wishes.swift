// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// What is to be different after a change.
struct Wishes: Sendable {
    /// The program for an upgrade, an absolute path here.
    var binary: String?
    var version: String?
    /// Options of the deployer in the place of those that the deployment has.
    var options: JSONValue?
    /// For a removal.
    var deleteData = false

    /// Makes of a record what it will be.
    func enter(
        _ record: inout DeploymentRecord,
        _ operation: PlannedOperation,
        _ deployer: ProviderInfo
    ) async throws(MegaraptorError) {
        let former = (binary: record.specification.binary, options: record.options)
        if let options = options?.objectValue, !options.isEmpty {
            try enter(options, &record, operation, deployer)
        }
        guard operation == .upgrade else { return }
        if let binary {
            record.specification.binary = try await ServerProgram.examined(binary, version: version)
        }
        guard record.specification.binary != former.binary || record.options != former.options else {
            throw MegaraptorError(
                .invalidArgument,
                "An upgrade needs binary, the new program, or options of the deployer that name it."
            )
        }
        (record.formerBinary, record.formerOptions) = (former.binary, former.options)
    }

    private func enter(
        _ options: JSONObject,
        _ record: inout DeploymentRecord,
        _ operation: PlannedOperation,
        _ deployer: ProviderInfo
    ) throws(MegaraptorError) {
        guard operation == .update || operation == .upgrade else {
            throw MegaraptorError(
                .invalidArgument,
                "options belong to update and upgrade, not to \(operation.rawValue)."
            )
        }
        var merged = record.options.objectValue ?? [:]
        for (name, value) in options { merged[name] = value == .null ? nil : value }
        record.options = .object(merged)
        try DeploymentDraft.check(record.options, deployer)
        // Who may reach it decides where it listens.
        for (ranges, endpoint) in [("gui_ranges", \DeploymentSpecification.gui), ("api_ranges", \.api)]
        where options[ranges] != nil {
            let isOpen = ServerInputs.isOpen(ranges, record.options)
            record.specification[keyPath: endpoint].address = isOpen ? "0.0.0.0" : "127.0.0.1"
        }
    }
}
