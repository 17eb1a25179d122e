// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let traces: [ArtifactCollector] = [
        ArtifactCollector("Windows.Forensics.Prefetch", on: [.windows]) { site in
            site.machine.executions.map(\.prefetchRow)
        },
        ArtifactCollector("Windows.EventLogs.PowershellScriptblock", on: [.windows]) { site in
            site.machine.scriptBlocks.enumerated().map { $1.row(on: site.endpoint, record: 2210 + $0) }
        },
        ArtifactCollector("Linux.Sys.BashHistory", on: .unixes) { site in
            site.machine.shellHistory.flatMap { history in
                history.lines.map { ["Line": .string($0), "OSPath": .string(history.path)] as JSONObject }
            }
        },
        ArtifactCollector(
            "Generic.System.HostsFile",
            sources: [
                Source(name: "Hosts", systems: .everywhere) { site in
                    site.machine.hostsFile.map { $0.row(on: site.endpoint, name: .strings($0.names)) }
                },
                Source(name: "HostsFlattened", systems: .everywhere) { site in
                    site.machine.hostsFile.flatMap { entry in
                        entry.names.map { entry.row(on: site.endpoint, name: .string($0)) }
                    }
                },
            ]
        ),
    ]
}

extension Machine.Execution {
    fileprivate var prefetchRow: JSONObject {
        var invented = Invented("prefetch " + path)
        let hash = invented.hex(8).uppercased()
        let name = path.split(separator: "\\").last.map { $0.uppercased() } ?? path.uppercased()
        let file = "\(name)-\(hash).pf"
        return [
            "_SCCAHeader": ["Info": ["RunCount": .int(runs.count)]], "Executable": .string(name),
            "FileSize": .int(size), "Hash": .string("0x" + hash), "Version": "Win10 (30)",
            "LastRunTimes": .array(runs.map(JSONValue.time)), "RunCount": .int(runs.count),
            "ExecutablePath": .string(path.dropDrive(to: #"\VOLUME{01da}\"#)), "ExecutableDosPath": .string(path),
            "OSPath": .string(#"C:\Windows\Prefetch\"# + file), "PrefetchFileName": .string(file),
            "CreationTime": runs.first.map(JSONValue.time) ?? .null,
            "ModificationTime": runs.last.map(JSONValue.time) ?? .null, "Binary": .null, "FilesAccessed": .null,
            "VolumeInfo": .null,
        ]
    }
}

extension Machine.ScriptBlock {
    fileprivate func row(on endpoint: Endpoint, record: Int) -> JSONObject {
        var invented = Invented("script block " + text)
        return [
            "EventTime": .time(at), "Computer": .string(endpoint.fqdn),
            "Channel": "Microsoft-Windows-PowerShell/Operational", "EventID": 4104,
            "SecurityID": .string(endpoint.securityDomain + "-1104"), "Path": .string(path),
            "ScriptBlockId": .string([8, 4, 4, 4, 12].map { invented.hex($0) }.joined(separator: "-")),
            "ScriptBlockText": .string(text), "Message": .string("Script block text (1 of 1): \(text)"),
            "EventRecordID": .int(record), "Level": 3, "Opcode": 15, "Task": 2,
            "OSPath": #"C:\Windows\System32\Winevt\Logs\Microsoft-Windows-PowerShell%4Operational.evtx"#,
        ]
    }
}

extension Machine.HostsEntry {
    fileprivate func row(on endpoint: Endpoint, name: JSONValue) -> JSONObject {
        let path = endpoint.system == .windows ? #"C:\Windows\System32\drivers\etc\hosts"# : "/etc/hosts"
        return ["OSPath": .string(path), "Address": .string(address), "Hostname": name, "Comment": .string(comment)]
    }
}

extension String {
    /// The path with `prefix` in place of its drive letter.
    fileprivate func dropDrive(to prefix: String) -> String { prefix + dropFirst(3) }
}
