// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// The artifacts of a first look at an endpoint, for each system.
struct TriageProfile: Sendable {
    struct Item: Sendable, Hashable {
        var artifact: String
        var why: String
        /// Runs for long, gives very many rows or downloads a tool first.
        var isSlow = false
        var parameters: JSONObject = [:]
    }

    let items: [Item]

    /// - Parameter system: as clients tell it; `nil` for one without a profile.
    init?(system: String) {
        switch system {
        case "windows": items = Self.everywhere + Self.windows
        case "linux": items = Self.everywhere + Self.linux
        case "darwin": items = Self.everywhere + Self.darwin
        default: return nil
        }
    }

    private static let everywhere = [
        Item(artifact: "Generic.Client.Info", why: "who the host is"),
        Item(artifact: "Generic.System.Pstree", why: "which process started which"),
    ]

    private static let windows = [
        Item(artifact: "Windows.System.Pslist", why: "processes with hash and signature"),
        Item(artifact: "Windows.Network.NetstatEnriched", why: "connections with their process"),
        Item(artifact: "Windows.System.Services", why: "persistence by services"),
        Item(artifact: "Windows.System.TaskScheduler", why: "persistence by scheduled tasks"),
        Item(artifact: "Windows.Sys.StartupItems", why: "persistence by run keys and startup folders"),
        Item(artifact: "Windows.Persistence.PermanentWMIEvents", why: "persistence by WMI"),
        Item(artifact: "Windows.Sys.Users", why: "local accounts"),
        Item(artifact: "Windows.System.LocalAdmins", why: "who is an administrator"),
        Item(artifact: "Windows.System.DNSCache", why: "names looked up lately"),
        Item(artifact: "Windows.System.Shares", why: "shared folders"),
        Item(artifact: "Windows.EventLogs.RDPAuth", why: "remote logons"),
        Item(artifact: "Windows.EventLogs.PowershellScriptblock", why: "suspicious PowerShell"),
        Item(artifact: "Windows.EventLogs.Cleared", why: "cleared event logs"),
        Item(artifact: "Windows.System.Powershell.PSReadline", why: "PowerShell history"),
        Item(artifact: "Windows.Forensics.Prefetch", why: "programs that ran"),
        Item(artifact: "Windows.Registry.AppCompatCache", why: "programs that were there"),
        Item(artifact: "Windows.Detection.Amcache", why: "programs that ran, with hashes"),
        Item(artifact: "Windows.Registry.UserAssist", why: "programs that users started"),
        Item(artifact: "Windows.Forensics.Bam", why: "the last run for each user"),
        Item(artifact: "Windows.Sysinternals.Autoruns", why: "every way to start; downloads a tool", isSlow: true),
    ]

    private static let linux = [
        Item(artifact: "Linux.Sys.Pslist", why: "processes with hash and user"),
        Item(artifact: "Linux.Network.NetstatEnriched", why: "connections with their process"),
        Item(artifact: "Linux.Network.Netstat", why: "connections, also those without a process"),
        Item(artifact: "Linux.Sys.Users", why: "local accounts"),
        Item(artifact: "Linux.Users.RootUsers", why: "who is in root's group"),
        Item(artifact: "Linux.Users.InteractiveUsers", why: "who may log in"),
        Item(artifact: "Linux.Sys.LastUserLogin", why: "logins with their source"),
        Item(artifact: "Linux.Syslog.SSHLogin", why: "SSH logins and failures"),
        Item(artifact: "Linux.Ssh.AuthorizedKeys", why: "persistence by SSH keys; not those of root"),
        Item(artifact: "Linux.Ssh.KnownHosts", why: "hosts that were reached from here"),
        Item(artifact: "Linux.Sys.Crontab", why: "persistence by cron"),
        Item(artifact: "Linux.Sys.Services", why: "persistence by services"),
        Item(artifact: "Linux.Sys.BashHistory", why: "shell history"),
        Item(artifact: "Linux.Mounts", why: "mounted file systems"),
        Item(artifact: "Linux.Proc.Modules", why: "kernel modules"),
        Item(artifact: "Linux.Proc.Arp", why: "neighbours"),
        Item(artifact: "Linux.Debian.Packages", why: "installed packages, of the Debian family"),
        Item(artifact: "Generic.System.HostsFile", why: "redirected names"),
        Item(artifact: "Generic.Network.InterfaceAddresses", why: "addresses"),
        Item(artifact: "Linux.Detection.AnomalousFiles", why: "odd files; walks all of /home", isSlow: true),
        Item(artifact: "Linux.Sys.SUID", why: "programs with another user's rights; walks /usr", isSlow: true),
    ]

    private static let darwin = [
        // Serves both systems.
        Item(artifact: "Linux.Sys.Pslist", why: "processes with hash and user"),
        Item(artifact: "MacOS.Network.Netstat", why: "connections with their process"),
        Item(artifact: "MacOS.System.Users", why: "local accounts"),
        Item(artifact: "MacOS.Detection.Autoruns", why: "persistence: agents, daemons, login items, cron"),
        Item(artifact: "MacOS.Detection.InstallHistory", why: "what was installed when"),
        Item(artifact: "MacOS.System.QuarantineEvents", why: "downloads"),
        Item(artifact: "MacOS.System.TCC", why: "privacy grants"),
        Item(artifact: "MacOS.Applications.Chrome.History", why: "browser history"),
        Item(artifact: "MacOS.System.Wifi", why: "known networks"),
        Item(
            artifact: "Linux.Sys.BashHistory",
            why: "shell history",
            parameters: ["TargetGlob": "/Users/*/.*_history"]
        ),
        Item(artifact: "Generic.System.HostsFile", why: "redirected names"),
        Item(artifact: "Generic.Network.InterfaceAddresses", why: "addresses"),
        Item(artifact: "MacOS.System.Packages", why: "applications; runs system_profiler", isSlow: true),
    ]
}
