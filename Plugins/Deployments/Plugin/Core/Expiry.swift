// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// Destroys what its profile lets live only for a time.
///
/// Nobody is asked: a person agreed to the end when the deployment was made, whose plan named it. Its data goes with it.
struct Expiry: Sendable {
    let core: DeploymentCore

    /// What became of one deployment whose time is over.
    struct Verdict: Sendable {
        let id: String
        let expires: String
        let outcome: RunningOperations.Outcome
    }

    /// The deployments whose time is over.
    func due(_ now: Moment = .now) async throws(MegaraptorError) -> [DeploymentRecord] {
        try await core.store().all().records.filter { record in
            record.phase != .destroyed && record.expires.flatMap { Moment($0) }.map { $0 <= now } == true
        }
    }

    /// Destroys them, one after the other. A failure costs only its own deployment, and is told.
    func destroyDue() async throws(MegaraptorError) -> [Verdict] {
        var verdicts: [Verdict] = []
        for record in try await due() {
            let outcome: RunningOperations.Outcome
            do throws(MegaraptorError) {
                outcome = try await destroy(record)
            } catch {
                outcome = .failure(error)
            }
            verdicts.append(Verdict(id: record.id, expires: record.expires ?? "", outcome: outcome))
        }
        return verdicts
    }

    private func destroy(_ record: DeploymentRecord) async throws(MegaraptorError) -> RunningOperations.Outcome {
        let store = try await core.store()
        let id = try DeploymentID(record.id)
        let lock = try store.lock(id, for: "expire", takesOver: true)
        var record: DeploymentRecord
        let deployer: DeployerClient
        do throws(MegaraptorError) {
            record = try store.record(id)
            deployer = try await core.deployer(onNobodysBehalf: record.deployer.name)
            let plan = try await deployer.removal(record.request, data: true)
            record.close("interrupted", "Its time was over.")
            record.operation = try OperationRecord(plan, now: Moment.now.text)
            record.phase = .destroying
            try store.write(&record)
        } catch {
            lock.release()
            throw error
        }
        let work = DeploymentWork(core: core, context: nil, store: store, deployer: deployer)
        return await work.outcome(of: record, releasing: lock)
    }
}

extension Expiry.Verdict {
    var json: JSONValue {
        var object: JSONObject = ["deployment_id": .string(id), "expired": .string(expires)]
        switch outcome {
        case .success(let result):
            object["destroyed"] = true
            object["message"] = result["message"] ?? .null
        case .failure(let error):
            object["destroyed"] = false
            object["message"] = .string(error.message)
            object["hint"] = .string(error.hint)
        }
        return .object(object)
    }
}
