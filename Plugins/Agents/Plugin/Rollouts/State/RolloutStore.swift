// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// The rollouts of one deployment: a private file for each.
struct RolloutStore: Sendable {
    /// Absolute.
    let folder: String

    private static let greatest = 8 << 20

    private func path(_ id: RolloutID) -> String { "\(folder)/\(id).json" }

    /// - Throws: `not_found` where there is none; `failed_precondition` for a file that cannot be used.
    func record(_ id: RolloutID) throws(MegaraptorError) -> RolloutRecord {
        guard let bytes = try PrivateFile.read(path(id), limit: Self.greatest) else {
            throw MegaraptorError(
                .notFound,
                "This deployment has no rollout \(id).",
                hint: "list_agent_rollouts tells which there are."
            )
        }
        do {
            let record = try JSONValueDecoder().decode(RolloutRecord.self, from: JSONValue(json: bytes))
            guard record.format == RolloutRecord.currentFormat, record.id == id.text else {
                throw MegaraptorError(.failedPrecondition, "its format or its id is another")
            }
            return record
        } catch {
            let reason = (error as? MegaraptorError)?.message ?? "\(error)"
            throw MegaraptorError(
                .failedPrecondition,
                "\(path(id)) cannot be used: \(reason).",
                hint: "A newer version may have written it. Begin a new rollout: it changes only what differs."
            )
        }
    }

    /// Every rollout, latest first, and why others cannot be read.
    func all() throws(MegaraptorError) -> (records: [RolloutRecord], faults: [MegaraptorError]) {
        var (records, faults): ([RolloutRecord], [MegaraptorError]) = ([], [])
        for name in try FolderListing.names(folder) ?? [] where name.hasSuffix(".json") {
            // What is not called like a rollout is none of ours.
            guard let id = try? RolloutID(String(name.dropLast(5))) else { continue }
            do throws(MegaraptorError) {
                records.append(try record(id))
            } catch {
                faults.append(error)
            }
        }
        return (records.sorted { ($0.started, $0.id) > ($1.started, $1.id) }, faults)
    }

    /// Only while the lock is held.
    func write(_ record: RolloutRecord) throws(MegaraptorError) {
        let json: JSONValue
        do {
            json = try JSONValueEncoder().encode(record)
        } catch {
            throw MegaraptorError(.internal, "The rollout \(record.id) cannot be written: \(error).")
        }
        try PrivateFile.makeFolder(FilePath(folder))
        try PrivateFile.replace(path(try RolloutID(record.id)), with: Array(json.prettyJSON().utf8))
    }
}
