// SPDX-License-Identifier: Apache-2.0

extension Machine {
    /// A program that a Linux server exists for.
    struct Daemon: Sendable {
        var name: String
        var path: String
        var arguments: String
        var user: String
        var port: Int
    }

    /// A Linux server with its daemons and one administrator.
    static func linux(_ endpoint: Endpoint, at now: Instant, daemons: [Daemon]) -> Machine {
        let boot = now.before(.days(41))
        var machine = Machine()
        machine.processes = linuxSystemProcesses(boot: boot)
        for (index, daemon) in daemons.enumerated() {
            machine.add(daemon, pid: 1180 + 37 * index, boot: boot)
        }
        machine.add(
            Daemon(name: "sshd", path: "/usr/sbin/sshd", arguments: " -D", user: "root", port: 22),
            pid: 902,
            boot: boot
        )
        machine.accounts = linuxAccounts(now: now)
        machine.addAdministrator(endpoint, now: now)
        machine.cronJobs = [
            CronJob(
                path: "/etc/crontab",
                user: "root",
                schedule: "17 * * * *",
                command: "cd / && run-parts --report /etc/cron.hourly"
            ),
            CronJob(
                path: "/etc/cron.d/certcheck",
                user: "root",
                schedule: "5 4 * * 1",
                command: "/usr/local/sbin/certcheck --quiet"
            ),
        ]
        machine.hostsFile = [
            HostsEntry(address: "127.0.0.1", names: ["localhost"]),
            HostsEntry(address: "127.0.1.1", names: [endpoint.fqdn, endpoint.hostname]),
        ]
        return machine
    }

    private static func linuxSystemProcesses(boot: Instant) -> [Process] {
        func process(_ pid: Int, _ name: String, _ path: String, _ commandLine: String, memory: Int) -> Process {
            Process(
                pid: pid,
                parent: pid == 1 || name == "kthreadd" ? 0 : (path.isEmpty ? 2 : 1),
                name: name,
                path: path,
                commandLine: commandLine,
                user: "root",
                started: boot.after(.seconds(Int64(pid) / 50)),
                memory: memory
            )
        }
        return [
            process(1, "systemd", "/usr/lib/systemd/systemd", "/sbin/init", memory: 12_600_000),
            process(2, "kthreadd", "", "", memory: 0),
            process(14, "ksoftirqd/0", "", "", memory: 0),
            process(
                411,
                "systemd-journal",
                "/usr/lib/systemd/systemd-journald",
                "/lib/systemd/systemd-journald",
                memory: 31_000_000
            ),
            process(688, "cron", "/usr/sbin/cron", "/usr/sbin/cron -f", memory: 2_900_000),
            process(
                731,
                "velociraptor_cl",
                "/usr/local/bin/velociraptor_client",
                "/usr/local/bin/velociraptor_client --config /etc/velociraptor/client.config.yaml client",
                memory: 64_000_000
            ),
        ]
    }

    private mutating func add(_ daemon: Daemon, pid: Int, boot: Instant) {
        processes.append(
            Process(
                pid: pid,
                parent: 1,
                name: daemon.name,
                path: daemon.path,
                commandLine: daemon.path + daemon.arguments,
                user: daemon.user,
                started: boot.after(.seconds(30)),
                memory: 44_000_000
            )
        )
        sockets.append(
            Socket(
                pid: pid,
                status: "LISTEN",
                local: "0.0.0.0",
                localPort: daemon.port,
                remote: "0.0.0.0",
                remotePort: 0,
                opened: boot
            )
        )
    }

    private static func linuxAccounts(now: Instant) -> [Account] {
        [
            Account(name: "root", id: 0, group: 0, description: "root", home: "/root", shell: "/bin/bash"),
            Account(
                name: "daemon",
                id: 1,
                group: 1,
                description: "daemon",
                home: "/usr/sbin",
                shell: "/usr/sbin/nologin"
            ),
            Account(
                name: "www-data",
                id: 33,
                group: 33,
                description: "www-data",
                home: "/var/www",
                shell: "/usr/sbin/nologin"
            ),
            Account(
                name: "sshd",
                id: 104,
                group: 65534,
                description: "",
                home: "/run/sshd",
                shell: "/usr/sbin/nologin"
            ),
            Account(
                name: "ilse",
                id: 1000,
                group: 1000,
                description: "Ilse Brandt,,,",
                home: "/home/ilse",
                shell: "/bin/bash",
                lastLogin: now.before(.days(2))
            ),
        ]
    }

    private mutating func addAdministrator(_ endpoint: Endpoint, now: Instant) {
        var keys = Invented("key ilse")
        authorizedKeys.append(
            AuthorizedKey(
                path: "/home/ilse/.ssh/authorized_keys",
                type: "ssh-ed25519",
                key: "AAAAC3NzaC1lZDI1NTE5AAAAI" + keys.base64(43),
                comment: "ilse@mac-design-01"
            )
        )
        knownHosts.append(
            KnownHost(
                user: "ilse",
                uid: 1000,
                path: "/home/ilse/.ssh/known_hosts",
                host: "build-01.corp.example.com",
                type: "ssh-ed25519",
                key: "AAAAC3NzaC1lZDI1NTE5AAAAI" + keys.base64(43)
            )
        )
        logons.append(Logon(at: now.before(.days(2)), user: "ilse", source: "192.0.2.61", method: "publickey"))
        shellHistory.append(
            ShellHistory(
                path: "/home/ilse/.bash_history",
                lines: ["sudo apt-get update", "sudo systemctl status cron", "df -h", "exit"]
            )
        )
    }
}
