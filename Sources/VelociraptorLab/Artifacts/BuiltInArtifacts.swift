// SPDX-License-Identifier: Apache-2.0

/// The artifacts that come with the server.
enum BuiltInArtifacts {
    /// Every artifact and every alias, in the order of their names.
    static let all: [ArtifactDefinition] = {
        let defined = table.split(separator: "\n").map { ArtifactDefinition(tableLine: $0) }
        let aliases = defined.flatMap { artifact in artifact.aliases.map { artifact.alias($0) } }
        let names = Set(defined.map(\.name))
        return (defined + aliases.filter { !names.contains($0.name) }).sorted { $0.name < $1.name }
    }()

    static let byName: [String: ArtifactDefinition] = Dictionary(
        all.map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    fileprivate static let withUnnamedSource: Set = [
        "Generic.Client.VQL", "Linux.Ssh.KnownHosts", "System.VFS.ListDirectory",
        "Windows.System.Powershell.PSReadline",
    ]

    /// What an artifact is for, where its name alone does not say it.
    static func description(of name: String) -> String {
        descriptions[name] ?? name.split(separator: ".").joined(separator: " / ") + ", as far as the lab knows it."
    }

    private static let descriptions = [
        "Generic.Client.Info": "Who a client is: host name, system, kernel, hardware addresses and local users.",
        "Generic.Network.InterfaceAddresses": "Network interfaces with their hardware and IP addresses.",
        "Generic.System.HostsFile": "Entries of the hosts file, which override name resolution.",
        "Generic.System.Pstree": "Running processes with the chain of parents that started them.",
        "Linux.Mounts": "Mounted file systems with their options.",
        "Linux.Network.Netstat": "TCP sockets with the processes that hold them.",
        "Linux.Network.NetstatEnriched": "Network connections joined with process, user and call chain.",
        "Linux.Remediation.Quarantine": "Cuts a Linux endpoint off the network, except for the server.",
        "Linux.Ssh.AuthorizedKeys": "Keys that may log in over SSH: a place for persistence.",
        "Linux.Ssh.KnownHosts": "Hosts that users reached by SSH: traces of lateral movement.",
        "Linux.Ssh.PrivateKeys": "Private SSH keys that lie on the endpoint.",
        "Linux.Sys.BashHistory": "Commands from the shell histories of users.",
        "Linux.Sys.Crontab": "Cron jobs of the system and of users: a place for persistence.",
        "Linux.Sys.LastUserLogin": "Logins with their source addresses, from wtmp.",
        "Linux.Sys.Pslist": "Running processes with path, hash, user and start time.",
        "Linux.Sys.Services": "Units of systemd and their state.",
        "Linux.Sys.Users": "Local accounts from the password file.",
        "Linux.Syslog.SSHLogin": "Accepted and failed SSH logins from the authentication log.",
        "Linux.Users.InteractiveUsers": "Accounts that have a login shell.",
        "MacOS.Network.Netstat": "Network connections with process and call chain.",
        "MacOS.Remediation.Quarantine": "Cuts a Mac off the network, except for the server.",
        "MacOS.System.Users": "Local accounts with shell, home and password times.",
        "Windows.EventLogs.PowershellScriptblock": "PowerShell script blocks from the event log.",
        "Windows.EventLogs.RDPAuth": "Logons over RDP and the like, from several event logs.",
        "Windows.Forensics.Prefetch": "Programs that ran, with times and counts, from prefetch files.",
        "Windows.Network.Netstat": "Network connections and listening ports.",
        "Windows.Network.NetstatEnriched": "Network connections joined with process, hash and signature.",
        "Windows.Remediation.Quarantine": "Cuts a Windows endpoint off the network, except for the server.",
        "Windows.Sys.StartupItems": "Programs that start at logon: a place for persistence.",
        "Windows.Sys.Users": "Local and domain accounts that have a profile.",
        "Windows.System.DNSCache": "Names that the endpoint resolved lately.",
        "Windows.System.Pslist": "Running processes with path, hash, signature and user.",
        "Windows.System.Services": "Services with path, account and start mode: a place for persistence.",
        "Windows.System.TaskScheduler": "Scheduled tasks with command and account: a place for persistence.",
    ]
}

extension ArtifactDefinition {
    /// Reads one line of ``BuiltInArtifacts/table``; fields that a line leaves out are empty.
    fileprivate init(tableLine line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        func field(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        func list(_ index: Int) -> [String] { field(index).split(separator: ",").map(String.init) }
        var sources = list(3)
        // The table names sources; these artifacts have one without a name before them.
        if BuiltInArtifacts.withUnnamedSource.contains(field(0)) { sources.insert("", at: 0) }
        self.init(
            name: field(0),
            type: field(1),
            systems: Set(list(2).compactMap(OperatingSystem.init(rawValue:))),
            sources: sources.isEmpty ? [""] : sources,
            permissions: list(4),
            aliases: list(5),
            parameters: field(6).split(separator: ";").map { Parameter(tableField: $0) },
            description: BuiltInArtifacts.description(of: field(0))
        )
    }

    fileprivate func alias(_ name: String) -> ArtifactDefinition {
        var copy = self
        copy.name = name
        copy.isAlias = true
        copy.aliases = []
        copy.description = BuiltInArtifacts.description(of: name)
        return copy
    }
}

extension ArtifactDefinition.Parameter {
    /// Reads `name:type=default`.
    fileprivate init(tableField field: Substring) {
        let name = field.prefix { $0 != ":" }
        let rest = field.dropFirst(name.count + 1)
        let type = rest.prefix { $0 != "=" }
        self.init(name: String(name), type: String(type), defaultValue: String(rest.dropFirst(type.count + 1)))
    }
}
