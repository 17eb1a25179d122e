// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// Where Windows remembers which programs ran. All of them tell of the same runs.
    static let windowsTraces: [ArtifactCollector] = [
        ArtifactCollector("Windows.Registry.AppCompatCache", on: [.windows]) { site in
            site.machine.executions.reversed().enumerated().map { position, run in
                [
                    "Position": .int(position), "ModificationTime": .time(run.firstSeen(at: site.now)),
                    "Path": .string(run.path), "ExecutionFlag": 1,
                ]
            }
        },
        ArtifactCollector("Windows.Detection.Amcache", on: [.windows]) { site in
            site.machine.executions
                .filter { site.accepts($0.path, by: "PathRegex") && site.accepts($0.name, by: "NameRegex") }
                .filter { site.accepts($0.sha1, by: "SHA1Regex") }
                .map { run in
                    [
                        "HivePath": #"C:\Windows\appcompat\Programs\Amcache.hve"#,
                        "EntryKey": .string("/Root/InventoryApplicationFile/\(run.name)|\(run.sha1.prefix(16))"),
                        "KeyMTime": .time(run.firstSeen(at: site.now)), "EntryType": "InventoryApplicationFile",
                        "SHA1": .string(run.sha1), "EntryName": .string(run.name), "Version": "",
                        "EntryPath": .string(run.path.lowercased()), "Publisher": "", "OriginalFileName": .null,
                        "BinaryType": "pe64_amd64",
                    ]
                }
        },
        ArtifactCollector("Windows.Registry.UserAssist", on: [.windows]) { site in
            site.userRuns.map { run, account in
                [
                    "Name": .string(run.path), "User": .string(account.name),
                    "LastExecution": .time(run.lastSeen(at: site.now)), "NumberOfExecutions": .int(run.runs.count),
                ]
            }
        },
        ArtifactCollector("Windows.Forensics.Bam", on: [.windows]) { site in
            site.userRuns.map { run, account in
                [
                    "SID": .string(account.sid), "UserName": .string(account.name), "Binary": .string(run.path),
                    "Bam_time": .time(run.lastSeen(at: site.now)),
                ]
            }
        },
        ArtifactCollector(
            "Windows.System.Powershell.PSReadline",
            sources: [
                Source(name: "", systems: [.windows]) { $0.consoleLines },
                Source(name: "Upload", systems: [.windows], uploads: \.consoleUploads) { site in
                    site.consoleUploads.map { upload in
                        [
                            "Username": .string(upload.userFolder),
                            "ConsoleHost_history": ["Path": .string(upload.path), "Size": .int(upload.size)],
                        ]
                    }
                },
            ]
        ),
        ArtifactCollector("Windows.EventLogs.Cleared", on: [.windows]) { site in
            site.machine.clearedLogs.map { event in
                [
                    "EventTime": .time(event.at), "ClearedLog": .string(event.log),
                    "Message": .string("The \(event.log) log was cleared by \(event.user)."),
                    "Username": .string(event.user), "UserSID": .string(event.sid),
                    "EventData": ["SubjectUserName": .string(event.user), "SubjectUserSid": .string(event.sid)],
                ]
            }
        },
    ]
}

extension Machine.Execution {
    fileprivate var name: String { path.split(separator: "\\").last.map(String.init) ?? path }
    fileprivate var sha1: String { Machine.hash(of: path)["SHA1"]?.stringValue ?? "" }
    fileprivate func firstSeen(at now: Instant) -> Instant { runs.first ?? now }
    fileprivate func lastSeen(at now: Instant) -> Instant { runs.last ?? now }
}

extension Upload {
    /// The name of the folder in `C:\Users` that the file lies in.
    fileprivate var userFolder: String { components.count > 2 ? components[2] : "" }
}

extension ArtifactCollector.Site {
    /// The programs that people started, with the account that has last logged in.
    fileprivate var userRuns: [(Machine.Execution, Machine.Account)] {
        let accounts = machine.accounts.filter { site in
            accepts(site.name, by: "UserFilter") && accepts(site.name, by: "userRegex")
        }
        guard let account = accounts.last else { return [] }
        return machine.executions.filter { !$0.path.hasPrefix(#"C:\Windows\System32\svchost"#) }.map { ($0, account) }
    }

    fileprivate var consoleLines: [JSONObject] {
        machine.shellHistory.flatMap { history in
            history.lines.enumerated()
                .filter { accepts($0.element, by: "SearchStrings") }
                .map { number, line in
                    [
                        "Stat": ["OSPath": .string(history.path), "Mtime": .time(now)], "LineNum": .int(number + 1),
                        "Line": .string(line), "Username": .string(upload(of: history).userFolder),
                        "OSPath": .string(history.path),
                    ]
                }
        }
    }

    fileprivate var consoleUploads: [Upload] {
        parameters["UploadFiles"] == "Y" ? machine.shellHistory.map(upload) : []
    }

    private func upload(of history: Machine.ShellHistory) -> Upload {
        let text = history.lines.joined(separator: "\n") + "\n"
        return Upload(path: history.path, accessor: accessor, size: text.utf8.count, text: text)
    }
}
