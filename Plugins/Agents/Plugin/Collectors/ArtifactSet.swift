// SPDX-License-Identifier: Apache-2.0

/// What an offline collector takes for a purpose. All names are artifacts of 0.77.2 that clients run, and none of them
/// fetches a tool, which a machine without a network could not.
enum ArtifactSet: String, Codable, Sendable, CaseIterable {
    case windowsQuick = "windows_quick"
    case windowsTriage = "windows_triage"
    case linuxQuick = "linux_quick"
    case linuxTriage = "linux_triage"
    case macosQuick = "macos_quick"
    case macosTriage = "macos_triage"
    case memory
    case ransomware

    /// - Returns: `nil` where the system has nothing for this purpose.
    func artifacts(for system: AgentSystem) -> [String]? {
        switch (self, system) {
        case (.windowsQuick, .windows): Self.windows
        case (.windowsTriage, .windows): Self.windows + Self.windowsMore
        case (.linuxQuick, .linux): Self.linux
        case (.linuxTriage, .linux): Self.linux + Self.linuxMore
        case (.macosQuick, .macos): Self.macos
        case (.macosTriage, .macos): Self.macos + Self.macosMore
        case (.memory, .windows): ["Generic.Client.Info", "Windows.Memory.Acquisition"]
        // Of the processes; the whole memory of a Linux or a Mac no artifact takes.
        case (.memory, .linux): ["Generic.Client.Info", "Linux.Triage.ProcessMemory"]
        case (.ransomware, .windows): Self.windows + Self.windowsEncrypted
        default: nil
        }
    }

    private static let windows = [
        "Generic.Client.Info", "Windows.System.Pslist", "Windows.Network.NetstatEnriched", "Windows.System.Services",
        "Windows.System.TaskScheduler", "Windows.Sys.StartupItems", "Windows.Sys.Users", "Windows.System.LocalAdmins",
        "Windows.System.DNSCache", "Windows.EventLogs.RDPAuth", "Windows.Persistence.PermanentWMIEvents",
    ]
    private static let windowsMore = [
        "Windows.NTFS.MFT", "Windows.Forensics.Usn", "Windows.Forensics.Prefetch", "Windows.Forensics.Amcache",
        "Windows.Forensics.SRUM", "Windows.Forensics.Bam", "Windows.Forensics.Lnk", "Windows.Forensics.JumpLists",
        "Windows.Forensics.Shellbags", "Windows.Forensics.RecycleBin", "Windows.Registry.NTUser",
        "Windows.Registry.AppCompatCache", "Windows.Registry.UserAssist", "Windows.EventLogs.Evtx",
        "Windows.EventLogs.PowershellScriptblock", "Windows.Applications.Chrome.History",
    ]
    private static let windowsEncrypted = [
        "Windows.NTFS.MFT", "Windows.Forensics.Usn", "Windows.Forensics.Prefetch", "Windows.Forensics.Amcache",
        "Windows.EventLogs.Evtx", "Windows.EventLogs.Cleared", "Windows.EventLogs.ServiceCreationComspec",
        "Windows.EventLogs.PowershellScriptblock", "Windows.EventLogs.ScheduledTasks",
        "Windows.EventLogs.ExplicitLogon",
        "Windows.System.Shares", "Windows.Registry.PortProxy", "Windows.Detection.BinaryRename",
    ]
    private static let linux = [
        "Generic.Client.Info", "Linux.Sys.Pslist", "Linux.Network.NetstatEnriched", "Linux.Sys.Services",
        "Linux.Sys.Crontab", "Linux.Sys.Users", "Linux.Sys.LastUserLogin", "Linux.Ssh.AuthorizedKeys", "Linux.Mounts",
    ]
    private static let linuxMore = [
        "Linux.Forensics.Journal", "Linux.Forensics.ImmutableFiles", "Linux.Sys.BashHistory", "Linux.Sys.SUID",
        "Linux.Syslog.SSHLogin", "Linux.Ssh.KnownHosts", "Linux.Users.RootUsers", "Linux.Sys.Groups",
        "Linux.Proc.Modules", "Linux.Debian.Packages", "Linux.Debian.AptSources", "Generic.System.HostsFile",
    ]
    private static let macos = [
        "Generic.Client.Info", "MacOS.System.Users", "MacOS.Network.Netstat", "MacOS.Detection.Autoruns",
        "MacOS.System.QuarantineEvents", "MacOS.Detection.InstallHistory",
    ]
    private static let macosMore = [
        "MacOS.Forensics.FSEvents", "MacOS.System.TCC", "MacOS.System.Packages", "MacOS.System.Dock",
        "MacOS.Applications.MRU", "MacOS.Applications.Chrome.History", "MacOS.System.Wifi", "MacOS.System.TimeMachine",
        "Generic.System.HostsFile",
    ]
}
