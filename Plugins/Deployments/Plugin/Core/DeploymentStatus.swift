// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// What is known of one deployment, and how it is now.
struct DeploymentStatus: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(_ id: DeploymentID) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let record = try store.record(id)
        var answer = DeploymentReport(record: record, folder: store.folder(id)).whole
        if let owner = try store.lockOwner(id) {
            answer["lock"] = [
                "owner": .string(owner.words), "is_gone": .bool(owner.isGone),
            ]
        }
        guard record.phase != .destroyed else {
            answer["condition"] = "destroyed"
            answer["summary"] = "It was destroyed, and nobody was asked."
            return answer
        }
        do throws(MegaraptorError) {
            let deployer = try await core.deployer(record.deployer.name, for: context)
            let status = try await deployer.status(record.request)
            answer["condition"] = .string(status.condition.rawValue)
            answer["summary"] = .string(status.summary)
            if let started = status.startedAt { answer["started_at"] = .string(started) }
            if let version = status.version { answer["version"] = .string(version) }
            answer["checks"] = .array(status.checks.map(DeploymentReport.json))
            answer["resources"] = .array(status.resources.map(DeploymentReport.json))
            answer["drift"] = .array(status.drift.map(JSONValue.string))
        } catch {
            guard error.code != .cancelled else { throw error }
            // What is kept is still worth telling, but never as if it were how things are.
            answer["condition"] = "unknown"
            answer["summary"] = .string("Its deployer could not be asked: \(error.message)")
        }
        return answer
    }
}
