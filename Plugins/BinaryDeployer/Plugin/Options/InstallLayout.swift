// SPDX-License-Identifier: Apache-2.0

/// Where everything lies on the machine.
struct InstallLayout: Sendable, Hashable {
    var binary: String
    var configFolder: String
    var datastore: String
    var logs: String
    var unitFolder: String
    /// Without `.service`.
    var service: String
    var user: String

    var config: String { "\(configFolder)/server.config.yaml" }
    /// What tells what of all this is ours; see ``DeploymentMarker``.
    var marker: String { "\(configFolder)/megaraptor.json" }
    var unitName: String { "\(service).service" }
    var unit: String { "\(unitFolder)/\(unitName)" }

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
