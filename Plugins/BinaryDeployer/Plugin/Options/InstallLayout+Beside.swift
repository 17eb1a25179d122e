// SPDX-License-Identifier: Apache-2.0

import LinuxServer

extension InstallLayout {
    /// What tells what of all this is ours; see ``DeploymentMarker``.
    var marker: String { "\(configFolder)/megaraptor.json" }

    /// Beside a file: what is about to take its place, and what was there before.
    static func next(_ path: String) -> String { "\(path).next" }
    static func previous(_ path: String) -> String { "\(path).previous" }

    /// Folders that the unit's own protection hides or write-protects: nothing of a server works from there.
    var hidden: [String] {
        [binary, configFolder, datastore, logs].filter { path in
            ["/home", "/root", "/run/user", "/tmp", "/var/tmp", "/proc", "/sys"].contains {
                path == $0 || path.hasPrefix("\($0)/")
            }
        }
    }
}
