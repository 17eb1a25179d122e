// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import SystemPackage
internal import WholeFiles

/// Keeps everybody else from working on a deployment, over processes and machines that share its folder.
///
/// It is a folder with its owner's name in it, put in place by one rename: either it is there whole, or not at all.
public struct DeploymentLock: Sendable {
    private let path: String
    private let owner: LockOwner

    /// - Throws: `conflict` with who has it; a lock whose owner is gone stays, with the command that clears it.
    static func acquire(
        _ folder: DeploymentFolder,
        _ id: DeploymentID,
        for operation: String
    ) throws(MegaraptorError) -> DeploymentLock {
        let owner = LockOwner.current(operation)
        let draft = "\(folder.lock).\(getpid()).\(Hexadecimal.encode(Cryptography.randomBytes(4)))"
        defer { remove(draft) }
        try PrivateFile.makeFolder(FilePath(draft))
        try PrivateFile.replace("\(draft)/owner.json", with: try encoded(owner))
        guard rename(draft, folder.lock) == 0 else {
            guard errno == ENOTEMPTY || errno == EEXIST else {
                throw MegaraptorError(
                    .internal,
                    "The deployment \(id) cannot be locked.",
                    hint: "Check the space and the permissions of \(folder.path).",
                    cause: String(cString: strerror(errno))
                )
            }
            throw held(id, try self.owner(of: folder))
        }
        return DeploymentLock(path: folder.lock, owner: owner)
    }

    /// Who has the lock; `nil` where nobody has it.
    static func owner(of folder: DeploymentFolder) throws(MegaraptorError) -> LockOwner? {
        guard let bytes = try PrivateFile.read("\(folder.lock)/owner.json", limit: 1 << 16) else { return nil }
        do {
            return try JSONValueDecoder().decode(LockOwner.self, from: JSONValue(json: bytes))
        } catch {
            throw MegaraptorError(.failedPrecondition, "\(folder.lock)/owner.json cannot be understood: \(error).")
        }
    }

    /// Takes the lock away from its owner, if that is still the one that was seen.
    static func clear(_ folder: DeploymentFolder, seen: LockOwner) throws(MegaraptorError) {
        // Moved away first: of two that clear it, one finds it gone.
        let aside = "\(folder.lock).cleared.\(getpid()).\(Hexadecimal.encode(Cryptography.randomBytes(4)))"
        guard rename(folder.lock, aside) == 0 else { return }
        defer { remove(aside) }
        let found = try PrivateFile.read("\(aside)/owner.json", limit: 1 << 16)
        guard try found == encoded(seen) else {
            rename(aside, folder.lock)
            throw MegaraptorError(.conflict, "The lock was taken by another in between.", retryable: true)
        }
    }

    /// Gives the lock back. One that was cleared meanwhile is somebody else's by now and stays.
    public func release() {
        do {
            let found = try PrivateFile.read("\(path)/owner.json", limit: 1 << 16)
            guard try found == Self.encoded(owner) else { return }
            Self.remove(path)
        } catch {
            // It cannot be read, so nobody can say whose it is.
        }
    }

    private static func held(_ id: DeploymentID, _ owner: LockOwner?) -> MegaraptorError {
        guard let owner else {
            return MegaraptorError(.conflict, "Somebody has just locked the deployment \(id).", retryable: true)
        }
        guard owner.isGone else {
            return MegaraptorError(
                .conflict,
                "\(owner.words), works on the deployment \(id).",
                hint: "Wait until that has ended, then call again. Nothing was done.",
                retryable: true
            )
        }
        return MegaraptorError(
            .failedPrecondition,
            "The deployment \(id) is locked by \(owner.words), and that process is gone.",
            hint: """
                It was interrupted. recover_deployment finishes or undoes what it left; the lock alone is cleared by \
                `megaraptor-mcp deployments unlock \(id)`.
                """
        )
    }

    private static func encoded(_ owner: LockOwner) throws(MegaraptorError) -> [UInt8] {
        do {
            return try JSONValueEncoder().encode(owner).jsonBytes()
        } catch {
            throw MegaraptorError(.internal, "The lock's owner cannot be written: \(error).")
        }
    }

    private static func remove(_ folder: String) {
        unlink("\(folder)/owner.json")
        rmdir(folder)
    }
}
