// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
public import MegaraptorErrors
internal import SystemPackage
internal import WholeFiles

/// The deployments of one user, each in a folder of its own. May be used from any thread and by several processes.
public struct DeploymentStore: Sendable {
    /// Absolute: `$XDG_DATA_HOME/megaraptor-mcp/deployments`.
    public let root: String

    static let greatestRecord = 8 << 20

    public init(root: String) { self.root = root }

    public func folder(_ id: DeploymentID) -> DeploymentFolder { DeploymentFolder(root: root, id) }

    // MARK: - Reading

    /// - Throws: `not_found` where there is none; `failed_precondition` for a record that cannot be used, which nobody
    ///   writes over.
    public func record(_ id: DeploymentID) throws(MegaraptorError) -> DeploymentRecord {
        let folder = folder(id)
        guard let bytes = try PrivateFile.read(folder.record, limit: Self.greatestRecord) else {
            throw try missing(folder, id)
        }
        return try record(id, bytes, of: folder)
    }

    func record(
        _ id: DeploymentID,
        _ bytes: [UInt8],
        of folder: DeploymentFolder
    ) throws(MegaraptorError) -> DeploymentRecord {
        do {
            let json = try JSONValue(json: bytes)
            guard json["format"] == .integer(Int64(DeploymentRecord.currentFormat)) else {
                throw MegaraptorError(.failedPrecondition, "its format is \(json["format"]?.json() ?? "missing")")
            }
            let record = try JSONValueDecoder().decode(DeploymentRecord.self, from: json)
            guard record.id == id.text else {
                throw MegaraptorError(.failedPrecondition, "it is of the deployment \(record.id)")
            }
            return record
        } catch {
            let reason = (error as? MegaraptorError)?.message ?? "\(error)"
            throw MegaraptorError(
                .failedPrecondition,
                "\(folder.record) cannot be used: \(reason).",
                hint:
                    "The record before its latest change is \(folder.recordBackup). A newer version may have written it."
            )
        }
    }

    /// Every deployment, latest first, and what stands in the way of reading the others.
    public func all() throws(MegaraptorError) -> (records: [DeploymentRecord], faults: [MegaraptorError]) {
        var (records, faults): ([DeploymentRecord], [MegaraptorError]) = ([], [])
        for name in try FolderListing.names(root) ?? [] {
            do {
                // What is not called like a deployment is none of ours.
                guard let id = try? DeploymentID(name) else { continue }
                records.append(try record(id))
            } catch {
                if error.code != .notFound { faults.append(error) }
            }
        }
        return (records.sorted { ($0.created, $0.id) > ($1.created, $1.id) }, faults)
    }

    // MARK: - Changing

    /// Makes the folder of a new deployment and locks it.
    public func make(_ id: DeploymentID, for operation: String) throws(MegaraptorError) -> DeploymentLock {
        try PrivateFile.makeFolder(FilePath(root))
        guard try PrivateFile.checkFolder(root) else {
            throw MegaraptorError(.internal, "\(root) was just made and is not there.")
        }
        guard mkdir(folder(id).path, 0o700) == 0 else {
            let reason = String(cString: strerror(errno))
            throw MegaraptorError(.conflict, "\(folder(id).path) cannot be made.", cause: reason)
        }
        return try DeploymentLock.acquire(folder(id), id, for: operation)
    }

    /// Locks a deployment that there is.
    ///
    /// - Parameter takesOver: whether the lock of a process that is gone is cleared first, which only somebody may do
    ///   who then looks at what that process left.
    public func lock(
        _ id: DeploymentID,
        for operation: String,
        takesOver: Bool = false
    ) throws(MegaraptorError) -> DeploymentLock {
        _ = try record(id)
        if takesOver, let owner = try lockOwner(id), owner.isGone {
            try DeploymentLock.clear(folder(id), seen: owner)
        }
        return try DeploymentLock.acquire(folder(id), id, for: operation)
    }

    /// Who works on a deployment; `nil` for nobody.
    public func lockOwner(_ id: DeploymentID) throws(MegaraptorError) -> LockOwner? {
        try DeploymentLock.owner(of: folder(id))
    }

    /// Clears a lock, for a person who knows that nobody works any more. A living process keeps its lock.
    public func unlock(_ id: DeploymentID, evenIfAlive: Bool = false) throws(MegaraptorError) -> LockOwner? {
        guard let owner = try lockOwner(id) else { return nil }
        guard owner.isGone || evenIfAlive else {
            throw MegaraptorError(
                .conflict,
                "\(owner.words), holds the lock, and nothing says that it is gone.",
                hint: "End that process. Where it ran on a machine that is gone, --force clears the lock all the same."
            )
        }
        try DeploymentLock.clear(folder(id), seen: owner)
        return owner
    }

    /// Writes a record in the place of the one that it was made from. Only while its lock is held.
    ///
    /// - Throws: `conflict` where somebody else has written in between, which a lock prevents unless it was cleared.
    public func write(_ record: inout DeploymentRecord) throws(MegaraptorError) {
        let folder = folder(try DeploymentID(record.id))
        if let known = try existing(folder) {
            guard known["lineage"] == .string(record.lineage), known["serial"] == .integer(Int64(record.serial)) else {
                throw MegaraptorError(
                    .conflict,
                    "The deployment \(record.id) was changed by another in between; nothing was written.",
                    hint: "Look at it again with get_deployment_status."
                )
            }
        }
        var next = record
        next.serial += 1
        next.updated = ISO8601.string(unixSeconds: Int64(time(nil)))
        let json: JSONValue
        do {
            json = try JSONValueEncoder().encode(next)
        } catch {
            throw MegaraptorError(.internal, "The record of \(record.id) cannot be written: \(error).")
        }
        try PrivateFile.replace(folder.record, with: Array(json.prettyJSON().utf8), backup: folder.recordBackup)
        record = next
    }

    private func existing(_ folder: DeploymentFolder) throws(MegaraptorError) -> JSONValue? {
        guard let bytes = try PrivateFile.read(folder.record, limit: Self.greatestRecord) else { return nil }
        do {
            return try JSONValue(json: bytes)
        } catch {
            throw MegaraptorError(.failedPrecondition, "\(folder.record) is no JSON: \(error).")
        }
    }
}
