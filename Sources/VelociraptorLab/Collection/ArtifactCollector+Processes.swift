// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let processes: [ArtifactCollector] = [
        ArtifactCollector("Windows.System.Pslist", on: [.windows]) { site in
            site.machine.processes
                .filter {
                    site.accepts($0.name, by: "ProcessRegex") && site.accepts(String($0.pid), by: "PidRegex")
                        && site.accepts($0.path, by: "ExePathRegex")
                        && site.accepts($0.commandLine, by: "CommandLineRegex")
                        && site.accepts($0.user, by: "UsernameRegex")
                }
                .map(\.windowsRow)
        },
        ArtifactCollector("Linux.Sys.Pslist", on: .unixes, rows: unixProcesses),
        ArtifactCollector("MacOS.Sys.Pslist", on: .unixes, rows: unixProcesses),
        ArtifactCollector("Generic.System.Pstree", on: .everywhere) { site in
            site.machine.processes.map { process in
                [
                    "Pid": .text(process.pid), "Ppid": .text(process.parent), "Name": .string(process.name),
                    "Username": .string(process.user), "Exe": .string(process.path),
                    "CommandLine": .string(process.commandLine), "StartTime": .time(process.started),
                    "EndTime": "0001-01-01T00:00:00Z",
                    "CallChain": .string(site.machine.callChain(of: process)), "PSTree": .null,
                ]
            }
        },
    ]

    private static let unixProcesses: @Sendable (Site) -> [JSONObject] = { site in
        site.machine.processes.filter { site.accepts($0.name, by: "processRegex") }.map(\.unixRow)
    }
}

extension Machine.Process {
    /// The digests of the program's file.
    var hash: JSONValue { Machine.hash(of: path) }

    var authenticode: JSONValue {
        guard let signer else {
            return ["Filename": .string(path), "SubjectName": .null, "IssuerName": .null, "Trusted": "untrusted"]
        }
        return [
            "Filename": .string(path), "SubjectName": .string("CN=\(signer)"),
            "IssuerName": "CN=Example Code Signing CA", "Trusted": "trusted",
        ]
    }

    fileprivate var windowsRow: JSONObject {
        [
            "CreateTime": .time(started), "Pid": .int(pid), "Ppid": .int(parent), "TokenIsElevated": .bool(elevated),
            "Name": .string(name), "CommandLine": .string(commandLine), "Exe": .string(path),
            "TokenInfo": ["IsElevated": .bool(elevated), "User": .string(user)], "Hash": hash,
            "Authenticode": authenticode, "Username": .string(user), "WorkingSetSize": .int(memory),
        ]
    }

    fileprivate var unixRow: JSONObject {
        [
            "Pid": .text(pid), "Ppid": .text(parent), "Name": .string(name), "CommandLine": .string(commandLine),
            "Exe": .string(path), "Hash": hash, "Username": .string(user), "CreateTime": .time(started),
            "RSS": .int(memory), "Deleted": .bool(deleted),
        ]
    }
}

extension Machine {
    /// The names from the first ancestor that still runs down to `process`, joined as the process tracker joins them.
    func callChain(of process: Process) -> String {
        var chain = [process.name]
        var current = process
        while chain.count < 10,
            let parent = processes.first(where: { $0.pid == current.parent && $0.pid != current.pid })
        {
            chain.append(parent.name)
            current = parent
        }
        return chain.reversed().joined(separator: " -> ")
    }

    func process(_ pid: Int) -> Process? { processes.first { $0.pid == pid } }
}
