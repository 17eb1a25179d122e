// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import SSHTestbed

/// The real package managers, each with a database and packages of the machine's own.
extension RemoteMachine {
    /// A package manager's program, called with these words.
    typealias PackageManager = ([String]) throws -> Void

    func makeDpkg() throws -> PackageManager {
        // A folder of the package's that is empty afterwards goes with it, and this one is not the package's alone.
        try write("/etc/systemd/system/other.service", "")
        for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "etc", "var/tmp"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: folder),
                withIntermediateDirectories: true
            )
        }
        try write("/var/lib/dpkg/status", "")
        let options = "--root='\(root.path)' --log=/dev/null --force-script-chrootless"
        let query = "/usr/bin/dpkg-query --admindir='\(root.path)/var/lib/dpkg'"
        try fake.write("bin/dpkg-query", "\(withoutRoot)exec \(query) \"$@\"\n")
        return try make("dpkg", "exec unshare --map-root-user /usr/bin/dpkg \(options) \"$@\"\n")
    }

    func makeRPM() throws -> PackageManager {
        try make(
            "rpm",
            """
            options='--force-debian --nodeps --noscripts'
            [ "$1" != -qf ] || options=
            options="--root=\(root.path) --dbpath=/var/lib/rpm $options"
            \(withoutRoot)exec unshare --map-root-user /usr/bin/rpm $options "$@"

            """
        )
    }

    private func make(_ name: String, _ text: String) throws -> PackageManager {
        try fake.write("bin/\(name)", text)
        let program = fake.folder.appending(path: "bin/\(name)").path
        return { words in try Command.require([program] + words) }
    }

    /// Their databases have paths as they are on a machine that is a whole one.
    private var withoutRoot: String {
        "for word; do shift; set -- \"$@\" \"${word#\(root.path)}\"; done\n"
    }
}
