// SPDX-License-Identifier: Apache-2.0

extension Machine {
    /// A Windows computer on an ordinary day. `user` is who sits before it; `nil` on a server.
    static func windows(_ endpoint: Endpoint, at now: Instant, user: String?) -> Machine {
        let boot = now.before(.days(3))
        var machine = Machine()
        machine.processes = windowsSystemProcesses(boot: boot)
        machine.accounts = windowsAccounts(endpoint, now: now)
        machine.services = windowsServices(boot: boot)
        machine.sockets = windowsListeners(boot: boot)
        machine.tasks = windowsTasks(now: now)
        machine.resolvedNames = [
            ResolvedName(name: "dc-01.corp.example.com", record: "192.0.2.10", timeToLive: 1800),
            ResolvedName(name: "updates.example.net", record: "198.51.100.200", timeToLive: 240),
        ]
        machine.executions = [
            Execution(path: #"C:\Windows\System32\svchost.exe"#, size: 55_000, runs: [boot]),
            Execution(path: #"C:\Windows\explorer.exe"#, size: 5_400_000, runs: [now.before(.hours(8))]),
        ]
        machine.administrators = [#"\#(endpoint.hostname.uppercased())\Administrator"#, #"CORP\Domain Admins"#]
        machine.shares = [
            Share(name: "ADMIN$", path: #"C:\Windows"#, caption: "Remote Admin"),
            Share(name: "C$", path: #"C:\"#, caption: "Default share"),
            Share(name: "IPC$", path: "", caption: "Remote IPC"),
        ]
        if let user { machine.addDesktop(of: user, endpoint, now: now) }
        return machine
    }

    private static func windowsSystemProcesses(boot: Instant) -> [Process] {
        let system32 = #"C:\Windows\System32\"#
        func system(_ pid: Int, _ parent: Int, _ name: String, _ arguments: String = "", user: String = "SYSTEM")
            -> Process
        {
            Process(
                pid: pid,
                parent: parent,
                name: name,
                path: system32 + name,
                commandLine: system32 + name + arguments,
                user: "NT AUTHORITY\\" + user,
                started: boot.after(.seconds(Int64(pid) / 100)),
                signer: "Microsoft Windows",
                elevated: true
            )
        }
        return [
            system(4, 0, "System"), system(372, 4, "smss.exe"), system(568, 480, "csrss.exe"),
            system(644, 480, "wininit.exe"), system(716, 644, "services.exe"), system(728, 644, "lsass.exe"),
            system(872, 716, "svchost.exe", " -k DcomLaunch -p"),
            system(980, 716, "svchost.exe", " -k RPCSS -p", user: "NETWORK SERVICE"),
            system(1312, 716, "svchost.exe", " -k netsvcs -p -s Schedule"),
            system(1488, 716, "svchost.exe", " -k NetworkService -p", user: "NETWORK SERVICE"),
            system(2204, 716, "spoolsv.exe"),
            Process(
                pid: 2516,
                parent: 716,
                name: "Velociraptor.exe",
                path: #"C:\Program Files\Velociraptor\Velociraptor.exe"#,
                commandLine:
                    #""C:\Program Files\Velociraptor\Velociraptor.exe" --config "C:\Program Files\Velociraptor\client.config.yaml" service run"#,
                user: #"NT AUTHORITY\SYSTEM"#,
                started: boot.after(.seconds(41)),
                signer: "Rapid7 LLC",
                elevated: true,
                memory: 71_000_000
            ),
        ]
    }

    private static func windowsAccounts(_ endpoint: Endpoint, now: Instant) -> [Account] {
        func account(_ name: String, _ id: Int, _ description: String) -> Account {
            Account(
                name: name,
                id: id,
                group: 513,
                description: description,
                home: #"C:\Users\"# + name,
                sid: "\(endpoint.securityDomain)-\(id)",
                lastLogin: now.before(.days(90))
            )
        }
        return [
            account("Administrator", 500, "Built-in account for administering the computer"),
            account("Guest", 501, "Built-in account for guest access"),
        ]
    }

    private static func windowsServices(boot: Instant) -> [Service] {
        func service(_ name: String, _ title: String, _ path: String, _ pid: Int) -> Service {
            Service(
                name: name,
                displayName: title,
                path: path,
                user: "LocalSystem",
                running: pid > 0,
                pid: pid,
                startMode: pid > 0 ? "Auto" : "Manual",
                created: boot.before(.days(400))
            )
        }
        return [
            service("Schedule", "Task Scheduler", #"C:\Windows\system32\svchost.exe -k netsvcs -p"#, 1312),
            service("Spooler", "Print Spooler", #"C:\Windows\System32\spoolsv.exe"#, 2204),
            service("RemoteRegistry", "Remote Registry", #"C:\Windows\system32\svchost.exe -k localService -p"#, 0),
            service(
                "Velociraptor",
                "Velociraptor Service",
                #""C:\Program Files\Velociraptor\Velociraptor.exe" --config "C:\Program Files\Velociraptor\client.config.yaml" service run"#,
                2516
            ),
        ]
    }

    private static func windowsListeners(boot: Instant) -> [Socket] {
        [(980, 135), (4, 445), (728, 49664)].map { pid, port in
            Socket(
                pid: pid,
                status: "LISTEN",
                local: "0.0.0.0",
                localPort: port,
                remote: "0.0.0.0",
                remotePort: 0,
                opened: boot
            )
        }
    }

    private static func windowsTasks(now: Instant) -> [ScheduledTask] {
        [
            ScheduledTask(
                path: #"C:\Windows\System32\Tasks\Microsoft\Windows\Defrag\ScheduledDefrag"#,
                command: #"%windir%\system32\defrag.exe"#,
                arguments: "-c -h -k -g",
                user: "S-1-5-18",
                runLevel: "HighestAvailable",
                registered: now.before(.days(412)),
                interval: "P7D"
            ),
            ScheduledTask(
                path: #"C:\Windows\System32\Tasks\Backup\NightlyProfiles"#,
                command: #"C:\Program Files\Backup\profilecopy.exe"#,
                arguments: "--incremental",
                user: "S-1-5-18",
                runLevel: "LeastPrivilege",
                registered: now.before(.days(203)),
                interval: "P1D"
            ),
        ]
    }

    /// What a signed-in person adds: shell, browser, mail, and the traces of having used them.
    private mutating func addDesktop(of user: String, _ endpoint: Endpoint, now: Instant) {
        let morning = now.before(.hours(30))
        func program(_ pid: Int, _ parent: Int, _ name: String, _ folder: String, _ arguments: String = "") -> Process {
            Process(
                pid: pid,
                parent: parent,
                name: name,
                path: folder + name,
                commandLine: "\"\(folder)\(name)\"\(arguments)",
                user: "CORP\\" + user,
                started: morning.after(.seconds(Int64(pid) / 10)),
                signer: name == "ledger.exe" ? "Example Ledger Ltd" : "Microsoft Corporation",
                memory: 96_000_000
            )
        }
        let office = #"C:\Program Files\Microsoft Office\root\Office16\"#
        processes += [
            program(5120, 5008, "explorer.exe", #"C:\Windows\"#),
            program(5584, 5120, "OUTLOOK.EXE", office),
            program(
                5902,
                5120,
                "msedge.exe",
                #"C:\Program Files (x86)\Microsoft\Edge\Application\"#,
                " --profile=Default"
            ),
            program(6044, 5120, "ledger.exe", #"C:\Program Files\Ledger\"#),
        ]
        sockets += [
            Socket(
                pid: 5902,
                status: "ESTAB",
                local: endpoint.address,
                localPort: 50712,
                remote: "198.51.100.140",
                remotePort: 443,
                opened: now.before(.minutes(12))
            )
        ]
        accounts.append(
            Account(
                name: user,
                id: 1104,
                group: 513,
                description: "",
                home: #"C:\Users\"# + user,
                sid: "S-1-5-21-1004336348-1177238915-682003330-1104",
                lastLogin: morning
            )
        )
        logons.append(Logon(at: morning, user: user, domain: "CORP", source: "-", method: "2"))
        startupItems.append(
            StartupItem(
                name: "OneDrive",
                location: "HKEY_USERS\\CORP-\(user)\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\OneDrive",
                details: "\"C:\\Users\\\(user)\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe\" /background"
            )
        )
    }
}

extension Endpoint {
    /// The security identifier under which the machine's own accounts live.
    var securityDomain: String {
        var invented = Invented("sid " + hostname)
        let parts = (0..<3).map { _ in String(invented.number(in: 100_000_000..<2_000_000_000)) }
        return "S-1-5-21-" + parts.joined(separator: "-")
    }
}
