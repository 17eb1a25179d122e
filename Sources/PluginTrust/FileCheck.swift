// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Looks whether anybody but those who are trusted can change a file, or put another in its place.
///
/// Only attributes are asked for; nothing is read. The order is fixed: the file first, then the folders above it from
/// the nearest to the root, then its name.
struct FileCheck: Sendable {
    let writers: TrustedWriters

    /// - Parameter suffix: how the name has to end.
    func faults(of path: String, suffix: String? = nil) -> [FileFault] {
        let path = ShellPath.absolute(path)
        var faults = ownFaults(of: path)
        if faults.first?.cause == .missing { return faults }
        faults += parentFaults(of: path)
        if let suffix, !path.hasSuffix(suffix) { faults.append(.suffix(path, suffix)) }
        return faults
    }

    /// Only the file itself.
    func ownFaults(of path: String) -> [FileFault] {
        FileStatus(path, followsLinks: false).map { faults(of: path, $0) } ?? [.missing(path)]
    }

    /// Only the file itself, whose attributes may come from a descriptor.
    func faults(of path: String, _ status: FileStatus) -> [FileFault] {
        // Owner and mode of what is no file at all would lead astray.
        if status.isLink { return [.link(path)] }
        if !status.isFile { return [.type(path)] }
        var faults: [FileFault] = []
        if !writers.include(ownerOf: status) { faults.append(.foreign(path, status, .owner)) }
        if writers.areJoined(by: status) { faults.append(.open(path, status, .writable)) }
        if status.mode & (S_ISUID | S_ISGID) != 0 { faults.append(.privileged(path, status)) }
        return faults
    }

    /// In a folder that everybody may write to but where nobody can take away another's files, as /tmp, what lies there
    /// is safe as long as its own owner is. The folder of the file itself must not be such a one: a library takes
    /// others from beside it, and a plugin its texts.
    private func parentFaults(of path: String) -> [FileFault] {
        var faults: [FileFault] = []
        for (place, step) in FolderWalk.steps(to: ShellPath.folder(of: path)).reversed().enumerated() {
            if !writers.include(ownerOf: step.status) {
                faults.append(.foreign(step.path, step.status, .parentOwner))
            }
            let isShared = step.status.mode & S_ISVTX != 0 && place > 0
            if step.status.isFolder, !isShared, writers.areJoined(by: step.status) {
                faults.append(.open(step.path, step.status, .parentWritable))
            }
        }
        return faults
    }
}
