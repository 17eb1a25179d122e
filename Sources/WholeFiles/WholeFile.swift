// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Writes files whole or not at all.
package enum WholeFile {
    /// Two writers of one file must not share a draft.
    private static let drafts = Atomic<UInt64>(0)

    /// Writes a draft, has the disk take it, and puts it in the place of `path`. Folders that are missing are made.
    /// - Parameter isPrivate: whether nobody but this user may read it.
    package static func write(_ bytes: some Sequence<UInt8>, to path: String, isPrivate: Bool = true) throws {
        let target = FilePath(path)
        let number = drafts.wrappingAdd(1, ordering: .relaxed).newValue
        let draft = FilePath("\(path).\(getpid()).\(number).tmp")
        do {
            try makeFolders(target.removingLastComponent())
            let descriptor = try FileDescriptor.open(
                draft,
                .writeOnly,
                options: [.create, .truncate],
                permissions: isPrivate ? .ownerReadWrite : [.ownerReadWrite, .groupRead, .otherRead]
            )
            try descriptor.closeAfter {
                try descriptor.writeAll(bytes)
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
            guard rename(draft.string, path) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(draft.string)
            throw error
        }
    }

    private static func makeFolders(_ path: FilePath) throws {
        guard !path.isEmpty, mkdir(path.string, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeFolders(path.removingLastComponent())
            guard mkdir(path.string, 0o700) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        default: throw Errno(rawValue: errno)
        }
    }
}
