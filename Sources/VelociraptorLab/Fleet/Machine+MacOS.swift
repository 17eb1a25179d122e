// SPDX-License-Identifier: Apache-2.0

extension Machine {
    /// A Mac with one user signed in.
    static func macOS(_ endpoint: Endpoint, at now: Instant, user: String) -> Machine {
        let boot = now.before(.days(6))
        func process(_ pid: Int, _ parent: Int, _ path: String, user: String = "root", arguments: String = "")
            -> Process
        {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return Process(
                pid: pid,
                parent: parent,
                name: name,
                path: path,
                commandLine: path + arguments,
                user: user,
                started: boot.after(.seconds(Int64(pid))),
                memory: 52_000_000
            )
        }
        var machine = Machine()
        machine.processes = [
            process(1, 0, "/sbin/launchd"), process(98, 1, "/usr/libexec/logd"),
            process(104, 1, "/usr/sbin/mDNSResponder", user: "_mdnsresponder"),
            process(
                388,
                1,
                "/usr/local/sbin/velociraptor",
                arguments: " client --config /usr/local/sbin/velociraptor.config.yaml"
            ),
            process(640, 1, "/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder", user: user),
            process(722, 1, "/Applications/Safari.app/Contents/MacOS/Safari", user: user),
        ]
        machine.sockets = [
            Socket(
                pid: 722,
                status: "ESTAB",
                local: endpoint.address,
                localPort: 61022,
                remote: "198.51.100.140",
                remotePort: 443,
                opened: now.before(.minutes(4))
            )
        ]
        machine.accounts = [
            Account(
                name: user,
                id: 501,
                group: 20,
                description: user.capitalizedWord,
                home: "/Users/" + user,
                shell: "/bin/zsh",
                lastLogin: boot
            )
        ]
        machine.addSoftware(now: now, user: user)
        machine.hostsFile = [HostsEntry(address: "127.0.0.1", names: ["localhost"])]
        return machine
    }

    private mutating func addSoftware(now: Instant, user: String) {
        launchItems = [
            LaunchItem(
                path: "/Library/LaunchDaemons/com.velocidex.velociraptor.plist",
                label: "com.velocidex.velociraptor",
                program: "/usr/local/sbin/velociraptor",
                modified: now.before(.days(200))
            ),
            LaunchItem(
                path: "/Library/LaunchAgents/com.example.sync.plist",
                label: "com.example.sync",
                program: "/Applications/Sync.app/Contents/MacOS/syncd",
                modified: now.before(.days(150))
            ),
        ]
        installations = [
            Installation(
                at: now.before(.days(150)),
                name: "Sync",
                version: "4.2",
                identifier: "com.example.sync",
                installer: "installer"
            )
        ]
        downloads = [
            Download(
                at: now.before(.days(150)),
                url: "https://downloads.example.net/Sync-4.2.dmg",
                title: "Download Sync",
                user: user
            )
        ]
        shellHistory = [ShellHistory(path: "/Users/\(user)/.zsh_history", lines: ["ls -la", "ssh build-01", "exit"])]
    }
}

extension String {
    fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
