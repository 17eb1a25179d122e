// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import MegaraptorErrors
internal import WholeFiles

/// Records that are lost while the folder of their deployment is there.
extension DeploymentStore {
    /// Puts the record before the latest change in the place of one that is lost. What the change did outside, a recovery
    /// finds. One that is there stays, even where it cannot be read: somebody may still make sense of it.
    ///
    /// - Returns: whether a record was lost.
    public func restore(_ id: DeploymentID) throws(MegaraptorError) -> Bool {
        let folder = folder(id)
        guard try PrivateFile.read(folder.record, limit: Self.greatestRecord) == nil,
            let bytes = try PrivateFile.read(folder.recordBackup, limit: Self.greatestRecord)
        else { return false }
        _ = try record(id, bytes, of: folder)
        // A link never takes the place of a file, so of two that do this none undoes what the other has written since.
        guard link(folder.recordBackup, folder.record) == 0 else {
            if errno == EEXIST { return false }
            let reason = String(cString: strerror(errno))
            throw MegaraptorError(.failedPrecondition, "\(folder.record) cannot be made of its backup: \(reason).")
        }
        return true
    }

    /// Why there is no record of a deployment. Only `not_found` where there never was one, so that lists name the others.
    func missing(_ folder: DeploymentFolder, _ id: DeploymentID) throws(MegaraptorError) -> MegaraptorError {
        guard try PrivateFile.checkFolder(folder.path) else {
            return MegaraptorError(
                .notFound,
                "There is no deployment \(id).",
                hint: "list_deployments tells which there are."
            )
        }
        if try PrivateFile.read(folder.recordBackup, limit: Self.greatestRecord) != nil {
            return MegaraptorError(
                .failedPrecondition,
                "The record of the deployment \(id) is lost.",
                hint: "recover_deployment takes the one before its latest change, and looks at what there really is."
            )
        }
        if let owner = try lockOwner(id), !owner.isGone {
            return MegaraptorError(.notFound, "\(owner.words), is just making the deployment \(id).", retryable: true)
        }
        // Nothing is made outside before the record was written twice, which leaves a backup.
        return MegaraptorError(
            .failedPrecondition,
            """
            \(folder.path) holds neither a record of the deployment \(id) nor a backup of one. Either it was interrupted \
            before anything was made, or both were deleted; then what was made is still there.
            """,
            hint: """
                Look in the container engine or on the machine for what carries org.megaraptor.deployment=\(id), and \
                remove that by hand; then this folder.
                """
        )
    }
}
