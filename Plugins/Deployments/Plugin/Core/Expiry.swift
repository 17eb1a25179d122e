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
        /// Why it is still there; `nil` where it is gone.
        let failure: MegaraptorError?
        let message: String
    }

    /// Destroys the deployments whose time is over, one after the other. A failure costs only its own deployment, and is
    /// told.
    func destroyDue() async throws(MegaraptorError) -> [Verdict] {
        var verdicts: [Verdict] = []
        for record in try await core.store().all().records where record.isExpired(.now) {
            do throws(MegaraptorError) {
                let message = try await destroy(record)["message"]?.stringValue ?? ""
                verdicts.append(
                    Verdict(id: record.id, expires: record.expires ?? "", failure: nil, message: message)
                )
            } catch {
                verdicts.append(
                    Verdict(id: record.id, expires: record.expires ?? "", failure: error, message: error.message)
                )
            }
        }
        return verdicts
    }

    private func destroy(_ record: DeploymentRecord) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let id = try DeploymentID(record.id)
        let lock = try store.lock(id, for: "expire", takesOver: true)
        let wait = try await core.begin(under: lock, store, deployer: record.deployer.name, nil) {
            deployer throws(MegaraptorError) in
            var record = try store.record(id)
            let plan = try await deployer.removal(record.request, data: true)
            record.close("interrupted", "Its time was over.")
            record.operation = try OperationRecord(plan, now: Moment.now.text)
            record.phase = .destroying
            try store.write(&record)
            return (record, [])
        }
        guard case .ended(let outcome) = wait else {
            throw MegaraptorError(.internal, "The removal of \(id) was not waited for.")
        }
        return try outcome.get()
    }
}

extension DeploymentRecord {
    /// Whether it should have been destroyed by now.
    func isExpired(_ now: Moment) -> Bool {
        guard phase != .destroyed, let end = expires.flatMap({ Moment($0) }) else { return false }
        return end <= now
    }
}

extension Expiry.Verdict {
    var json: JSONValue {
        var object: JSONObject = [
            "deployment_id": .string(id), "expired": .string(expires), "destroyed": .bool(failure == nil),
            "message": .string(message),
        ]
        if let failure { object["hint"] = .string(failure.hint) }
        return .object(object)
    }
}
