// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

extension SSHConnection {
    /// Puts a file in place; see ``Upload``.
    ///
    /// - Returns: its SHA-256, which the far side's content has too.
    @discardableResult
    public func upload(_ upload: Upload) async throws(MegaraptorError) -> String {
        try await perform(within: upload.timeLimit) { session throws(MegaraptorError) in try session.upload(upload) }
    }

    /// - Parameter limit: a longer file fails with `resource_exhausted`.
    public func download(_ path: String, limit: Int = 16 << 20) async throws(MegaraptorError) -> [UInt8] {
        try await perform(within: .seconds(600)) { session throws(MegaraptorError) in
            var bytes: [UInt8] = []
            try session.read(path, limit: limit) { bytes.append(contentsOf: $0) }
            return bytes
        }
    }

    /// What is at a path, `nil` where nothing is. Links are not followed.
    public func stat(_ path: String) async throws(MegaraptorError) -> RemoteFile? {
        try await perform { session throws(MegaraptorError) in try session.stat(path) }
    }

    /// What a folder holds, by name.
    public func list(_ folder: String) async throws(MegaraptorError) -> [RemoteFile] {
        try await perform { session throws(MegaraptorError) in try session.list(folder) }
    }

    /// - Returns: whether there was a file to remove.
    @discardableResult
    public func removeFile(_ path: String) async throws(MegaraptorError) -> Bool {
        try await perform { session throws(MegaraptorError) in try session.remove(path, isFolder: false) }
    }

    /// Removes an empty folder. - Returns: whether there was one.
    @discardableResult
    public func removeFolder(_ path: String) async throws(MegaraptorError) -> Bool {
        try await perform { session throws(MegaraptorError) in try session.remove(path, isFolder: true) }
    }

    /// - Returns: whether it was made; `false` for one that was there, whose mode is left.
    @discardableResult
    public func makeFolder(_ path: String, mode: UInt16) async throws(MegaraptorError) -> Bool {
        try await perform { session throws(MegaraptorError) in try session.makeFolder(path, mode: mode) }
    }

    public func setMode(_ path: String, _ mode: UInt16) async throws(MegaraptorError) {
        try await perform { session throws(MegaraptorError) in try session.setMode(path, mode) }
    }

    /// Puts `from` in the place of `to`, which may exist.
    public func rename(_ from: String, to: String) async throws(MegaraptorError) {
        try await perform { session throws(MegaraptorError) in try session.rename(from, to) }
    }

    /// Of what is there now, in lower-case hexadecimal.
    public func sha256(_ path: String) async throws(MegaraptorError) -> String {
        try await perform(within: .seconds(600)) { session throws(MegaraptorError) in try session.remoteDigest(path) }
    }

    /// Bytes that the user may still write where `path` is; `nil` where the far side does not tell.
    public func freeBytes(at path: String) async throws(MegaraptorError) -> UInt64? {
        try await perform { session throws(MegaraptorError) in try session.freeBytes(at: path) }
    }
}
