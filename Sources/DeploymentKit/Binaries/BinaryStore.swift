// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
public import HTTPTransport
public import MegaraptorErrors
internal import SystemPackage
internal import WholeFiles

/// Programs by their SHA-256, each in a folder named after it: what is in one was checked, and is checked again at each use.
public struct BinaryStore: Sendable {
    /// Absolute; the owner's alone.
    public let folder: String
    /// Fewer bytes than this are no program, more are none of a release.
    public var sizes: ClosedRange<Int64>

    /// Tells how much of the whole has come, in bytes; the whole is `nil` where nobody said.
    public typealias Progress = @Sendable (_ done: Int64, _ whole: Int64?) -> Void

    public init(folder: String, sizes: ClosedRange<Int64> = (1 << 20)...(512 << 20)) {
        self.folder = folder
        self.sizes = sizes
    }

    /// The program with this sum, if it is kept and still whole. One that is damaged is thrown away.
    public func kept(_ asset: ReleaseAsset, sha256: String) async throws(MegaraptorError) -> StoredBinary? {
        let sum = try ChecksumTable.sum(sha256)
        let path = path(asset, sum)
        return try await BlockingWork.run { () throws(MegaraptorError) in
            guard let file = try ProgramFile(path) else { return nil }
            guard file.sha256 == sum, file.image == asset.platform.image else {
                ProgramFile.remove(path)
                return nil
            }
            return StoredBinary(asset: asset, path: path, sha256: sum, size: file.size, wasKept: true)
        }
    }

    /// Gets a program, unless it is kept, checks it and keeps it.
    ///
    /// - Parameters:
    ///   - sha256: what the file must have. Without it, only a file of this machine is taken, whose owner vouches for it.
    ///   - client: whom to trust and which way to go.
    /// - Throws: `failed_precondition` without a sum, or for a file that is not what it should be: nothing of it is kept;
    ///   `not_found` where there is no such file; what ``HTTPClient`` throws.
    public func fetch(
        _ asset: ReleaseAsset,
        from source: BinarySource = .vendor,
        sha256: String?,
        client: HTTPClient = HTTPClient(),
        progress: @escaping Progress = { _, _ in }
    ) async throws(MegaraptorError) -> StoredBinary {
        let sum = try sha256.map { text throws(MegaraptorError) in try ChecksumTable.sum(text) }
        if let sum, let kept = try await kept(asset, sha256: sum) { return kept }
        let place = try source.place(of: asset)
        if case .file = place {} else if sum == nil { throw ChecksumTable.missing(asset) }
        try PrivateFile.makeFolder(FilePath(folder))
        _ = try PrivateFile.checkFolder(folder)
        BinaryDraft.clearOld(in: folder)
        let draft = BinaryDraft(folder: folder, sizes: sizes, progress: progress)
        defer { draft.discard() }
        switch place {
        case .file(let path): try await draft.copy(path)
        case .url(let url), .releases(let url): try await draft.download(url, client)
        }
        return try await keep(draft, asset, sum, from: place)
    }

    private func keep(
        _ draft: BinaryDraft,
        _ asset: ReleaseAsset,
        _ sum: String?,
        from place: BinarySource
    ) async throws(MegaraptorError) -> StoredBinary {
        try await BlockingWork.run { () throws(MegaraptorError) in
            guard let file = try ProgramFile(draft.path) else {
                throw MegaraptorError(.internal, "What was fetched is not there any more.")
            }
            try file.check(asset, sum, least: sizes.lowerBound, from: place)
            let path = path(asset, file.sha256)
            try PrivateFile.makeFolder(FilePath(path).removingLastComponent())
            try PrivateFile.move(draft.path, to: path)
            return StoredBinary(asset: asset, path: path, sha256: file.sha256, size: file.size, wasKept: false)
        }
    }

    private func path(_ asset: ReleaseAsset, _ sum: String) -> String { "\(folder)/\(sum)/\(asset.fileName)" }
}
