// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Who may be able to change a plugin's files: root and the user who runs the host.
struct TrustedWriters: Sendable {
    private(set) var owners: Set<UInt32> = [0, geteuid()]
    /// Groups whose write permission does no harm.
    private(set) var groups: Set<UInt32> = []

    /// For what is bundled, also those who can change the host's program: they can do without the plugin.
    /// - Parameter program: its path without links.
    init(besides program: String? = nil) {
        guard let program else { return }
        for place in [program, ShellPath.folder(of: program)] {
            guard let status = FileStatus(place, followsLinks: false) else { continue }
            owners.insert(status.owner)
            if status.mode & S_IWGRP != 0 { groups.insert(status.group) }
        }
    }

    func include(ownerOf status: FileStatus) -> Bool { owners.contains(status.owner) }

    /// Whether somebody else can write to it.
    func areJoined(by status: FileStatus) -> Bool {
        status.mode & S_IWOTH != 0 || status.mode & S_IWGRP != 0 && !groups.contains(status.group)
    }
}
