// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors

/// The deployments that are known on this machine.
struct DeploymentList: Sendable {
    let core: DeploymentCore

    func callAsFunction(
        profile: String? = nil,
        includesDestroyed: Bool = false
    ) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let (records, faults) = try store.all()
        let shown = records.filter { record in
            (includesDestroyed || record.phase != .destroyed)
                && (profile == nil || record.specification.profile == profile)
        }
        var lines: [JSONValue] = []
        for record in shown {
            let folder = store.folder(try DeploymentID(record.id))
            lines.append(.object(DeploymentReport(record: record, folder: folder).line))
        }
        let hidden = records.count { $0.phase == .destroyed }
        var answer: JSONObject = [
            "count": JSONValue(shown.count), "deployments": .array(lines), "searched": .string(store.root),
            "destroyed_not_shown": JSONValue(includesDestroyed ? 0 : hidden),
        ]
        if !faults.isEmpty {
            answer["unreadable"] = .array(faults.map { .string($0.message) })
        }
        return answer
    }
}
