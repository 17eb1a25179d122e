// SPDX-License-Identifier: Apache-2.0

import Machines
import MegaraptorErrors

/// What was found on a machine by one script that changes nothing.
struct MachineFacts: Sendable {
    /// How a firewall stands to the agents' port.
    struct Firewall: Sendable, Hashable {
        var tool: String
        var letsAgentsThrough: Bool
    }

    private let values: [String: String]

    init(_ result: ScriptResult) { values = result.facts }

    var system: String { values["system"] ?? "" }
    /// As `uname -m` has it.
    var architecture: String { values["machine"] ?? "" }
    /// The same as programs are called by: `amd64`, `arm64`, `386`, or the machine's own word for another.
    var processor: String {
        switch architecture {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        case "i386", "i486", "i586", "i686": "386"
        default: architecture
        }
    }
    /// What systemd says of itself; empty where it does not run the machine.
    var systemd: String {
        let state = values["systemd"] ?? ""
        return state == "offline" || state == "unknown" ? "" : state
    }
    var hasAccount: Bool { values["account"]?.isEmpty == false }
    /// Seconds since 1970.
    var time: Int64? { values["time"].flatMap { Int64($0) } }
    var freeKilobytes: Int64? { values["space"].flatMap { Int64($0) } }
    var unitState: String { values["active"] ?? "" }
    var isActive: Bool { unitState == "active" }
    var isEnabled: Bool { values["enabled"] == "enabled" }
    var restarts: Int { values["restarts"].flatMap { Int($0) } ?? 0 }
    var startedAt: String? { values["started"].flatMap { $0.isEmpty ? nil : $0 } }
    /// When it was started last, as the machine's own clock counts: another number for each start.
    var entered: String? { values["entered"].flatMap { $0.isEmpty || $0 == "0" ? nil : $0 } }
    /// Tools of every Linux machine that are missing there.
    var missingTools: [String] { (values["missing"] ?? "").split(separator: " ").map(String.init) }

    /// SHA-256 of a file; `nil` where there is none.
    func digest(_ path: String) -> String? { values["file:\(path)"] }
    func hasFolder(_ path: String) -> Bool { values["folder:\(path)"] != nil }
    func hasContent(_ folder: String) -> Bool { values["folder:\(folder)"] == "used" }

    /// Ports that somebody listens on, on any address.
    var listening: Set<Int> {
        Set(
            (values["listening"] ?? "").split(separator: " ").compactMap { address in
                address.split(separator: ":").last.flatMap { Int($0, radix: 16) }
            }
        )
    }

    var firewall: Firewall? {
        let words = (values["firewall"] ?? "").split(separator: " ")
        guard words.count == 2 else { return nil }
        return Firewall(tool: String(words[0]), letsAgentsThrough: words[1] == "open")
    }
}
