// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import WholeFiles

/// What rollouts there are, of one deployment or of all, and of deployments that are gone as well.
struct RolloutList: Sendable {
    let core: AgentsCore

    private static let most = 50
    private static let mostHosts = 200

    /// - Parameters:
    ///   - deployment: `nil` for all.
    ///   - tag: `nil` for any.
    func callAsFunction(
        _ deployment: String?,
        tag: String?,
        includesFinished: Bool
    ) async throws(MegaraptorError) -> JSONObject {
        var (found, faults): ([(record: RolloutRecord, isRunning: Bool)], [MegaraptorError]) = ([], [])
        for id in try await deployments(deployment) {
            let store = try await core.rollouts(id)
            // Asked before and after: one that begins or ends in between is not taken for an interrupted one.
            let before = RolloutLock.holder(store.folder)
            let all = try store.all()
            let holders = [before, RolloutLock.holder(store.folder)]
            found += all.records.map { ($0, $0.ended == nil && holders.contains($0.id)) }
            faults += all.faults
        }
        let wanted = found.filter { includesFinished || $0.record.ended == nil }
            .filter { tag == nil || $0.record.tags.contains(tag ?? "") }
            .sorted { ($0.record.started, $0.record.id) > ($1.record.started, $1.record.id) }
        let open = wanted.filter { $0.record.ended == nil && !$0.isRunning }.count
        return [
            "rollouts": .array(
                wanted.prefix(Self.most).map {
                    .object($0.record.answer(isRunning: $0.isRunning, hostLimit: Self.mostHosts))
                }
            ),
            "total": JSONValue(wanted.count), "more_exist": .bool(wanted.count > Self.most),
            "notes": .array(faults.map { .string("\($0.message) \($0.hint)") }),
            "message": .string("There are \(wanted.count) rollouts; \(open) of them were interrupted."),
        ]
    }

    private func deployments(_ chosen: String?) async throws(MegaraptorError) -> [DeploymentID] {
        if let chosen { return [try DeploymentID(chosen)] }
        // What is not called like a deployment is none of ours.
        return try FolderListing.names(try await core.folder())?.compactMap { try? DeploymentID($0) } ?? []
    }
}
