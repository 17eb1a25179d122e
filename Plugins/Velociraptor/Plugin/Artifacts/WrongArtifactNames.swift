// SPDX-License-Identifier: Apache-2.0

/// Names that people and models believe to be artifacts, and what a server has instead.
///
/// Some are names of other versions or of collections that are imported, most are plausible inventions.
enum WrongArtifactNames {
    /// What to use instead; `nil` for a name that is not among the well-known wrong ones.
    static func advice(for name: String) -> String? {
        advice[name] ?? advice.first { $0.key.lowercased() == name.lowercased() }?.value
    }

    static let advice = [
        "Generic.Client.Quarantine": "quarantine_client, which picks the artifact for the client's system",
        "Generic.Detection.Yara": "Generic.Detection.Yara.Glob",
        "Generic.Forensic.SQLiteHunter": "Server.Import.Extras brings it",
        "Generic.Remediation.Quarantine": "quarantine_client, which picks the artifact for the client's system",
        "Generic.System.Pslist": "Windows.System.Pslist, Linux.Sys.Pslist or MacOS.Sys.Pslist",
        "Linux.Bash.History": "Linux.Sys.BashHistory",
        "Linux.Collection.UAC": "Generic.Collectors.File or triage_client",
        "Linux.Forensics.BashHistory": "Linux.Sys.BashHistory",
        "Linux.Forensics.Journald": "Linux.Forensics.Journal",
        "Linux.Kernel.Modules": "Linux.Proc.Modules",
        "Linux.Memory.Acquisition": "Linux.Triage.ProcessMemory, which takes the memory of one process",
        "Linux.Network.Interfaces": "Generic.Network.InterfaceAddresses",
        "Linux.Services": "Linux.Sys.Services",
        "Linux.Sys.AuthorizedKeys": "Linux.Ssh.AuthorizedKeys",
        "Linux.Sys.Cron": "Linux.Sys.Crontab",
        "Linux.Sys.Info": "Generic.Client.Info",
        "Linux.Sys.KernelModules": "Linux.Proc.Modules",
        "Linux.Sys.LastLogin": "Linux.Sys.LastUserLogin",
        "Linux.Sys.Mounts": "Linux.Mounts",
        "Linux.Sys.Netstat": "Linux.Network.Netstat",
        "Linux.Sys.Packages": "Linux.Debian.Packages, Linux.RHEL.Packages or Linux.SuSE.Packages",
        "Linux.Sys.Pstree": "Generic.System.Pstree",
        "Linux.Sys.SSHLogins": "Linux.Syslog.SSHLogin",
        "Linux.System.Pslist": "Linux.Sys.Pslist",
        "MacOS.Applications.Safari.History": "none is built in; MacOS.Applications.Chrome.History is for Chrome",
        "MacOS.Forensics.UnifiedLogs": "none is built in",
        "MacOS.Memory.Acquisition": "none is built in",
        "MacOS.Network.NetstatEnriched": "MacOS.Network.Netstat",
        "MacOS.Persistence.LaunchAgents": "MacOS.Detection.Autoruns",
        "MacOS.Sys.LaunchAgents": "MacOS.Detection.Autoruns",
        "MacOS.Sys.Users": "MacOS.System.Users",
        "MacOS.System.BashHistory": "Linux.Sys.BashHistory with its parameter TargetGlob",
        "MacOS.System.LaunchAgents": "MacOS.Detection.Autoruns",
        "MacOS.System.Pslist": "MacOS.Sys.Pslist",
        "Windows.Analysis.EvidenceOfExecution":
            "Windows.Forensics.Prefetch, Windows.Detection.Amcache or Windows.Registry.UserAssist",
        "Windows.Applications.Browser.History":
            "Windows.Applications.Chrome.History, Windows.Applications.Edge.History or Windows.Applications.Firefox.History",
        "Windows.Detection.Autoruns":
            "Windows.Sys.StartupItems, or Windows.Sysinternals.Autoruns, which downloads a tool",
        "Windows.Detection.ProcessHollowing": "Windows.System.VAD or Windows.Memory.ProcessInfo",
        "Windows.Detection.Ransomware":
            "none is built in; triage_client, then Windows.Search.FileFinder for the notes it leaves",
        "Windows.Detection.Yara": "Windows.Detection.Yara.Process or Generic.Detection.Yara.Glob",
        "Windows.EventLogs.Hayabusa": "Windows.Sigma.EventLogs, or what Server.Import.Extras brings",
        "Windows.EventLogs.Logons":
            "Windows.EventLogs.RDPAuth, Windows.EventLogs.ExplicitLogon or Windows.EventLogs.EvtxHunter",
        "Windows.EventLogs.PowerShell": "Windows.EventLogs.PowershellScriptblock",
        "Windows.EventLogs.ServiceCreation": "Windows.EventLogs.ServiceCreationComspec",
        "Windows.Forensics.BrowserHistory":
            "Windows.Applications.Chrome.History, Windows.Applications.Edge.History or Windows.Applications.Firefox.History",
        "Windows.Forensics.EvidenceOfExecution":
            "Windows.Forensics.Prefetch, Windows.Detection.Amcache or Windows.Registry.UserAssist",
        "Windows.Forensics.FileFinder": "Windows.Search.FileFinder",
        "Windows.Forensics.HashFiles": "Generic.Forensic.LocalHashes.Glob or Generic.Detection.HashHunter",
        "Windows.Forensics.MFT": "Windows.NTFS.MFT",
        "Windows.Forensics.Shimcache": "Windows.Registry.AppCompatCache",
        "Windows.Forensics.UserAssist": "Windows.Registry.UserAssist",
        "Windows.Hayabusa.Rules": "Server.Import.Extras brings it",
        "Windows.KapeFiles.Targets":
            "Server.Import.Extras brings its successor; Windows.Collectors.File is built in",
        "Windows.Memory.Dump": "Windows.Memory.Acquisition or Windows.Memory.ProcessDump",
        "Windows.NTFS.USN": "Windows.Forensics.Usn",
        "Windows.Network.ARP": "Windows.Network.ArpCache",
        "Windows.Network.Connections": "Windows.Network.Netstat",
        "Windows.Network.DNSCache": "Windows.System.DNSCache",
        "Windows.Network.Shares": "Windows.System.Shares",
        "Windows.Persistence.Autoruns":
            "Windows.Packs.Persistence, or Windows.Sysinternals.Autoruns, which downloads a tool",
        "Windows.Registry.Persistence": "Windows.Packs.Persistence",
        "Windows.Registry.Run": "Windows.Sys.StartupItems",
        "Windows.Registry.Shimcache": "Windows.Registry.AppCompatCache",
        "Windows.Remediation.Isolate": "Windows.Remediation.Quarantine",
        "Windows.Remediation.KillProcess":
            "none is built in; Windows.Detection.PsexecService.Kill ends one service only",
        "Windows.Search.YARA": "Windows.Search.Yara",
        "Windows.Sys.LocalUsers": "Windows.Sys.Users",
        "Windows.Sys.Pslist": "Windows.System.Pslist",
        "Windows.Sys.Services": "Windows.System.Services",
        "Windows.System.Amcache": "Windows.Detection.Amcache or Windows.Forensics.Amcache",
        "Windows.System.Autoruns": "Windows.Sys.StartupItems, or Windows.Sysinternals.Autoruns, which downloads a tool",
        "Windows.System.Drivers": "Windows.Sys.Drivers",
        "Windows.System.FirewallRules": "Windows.Sys.FirewallRules",
        "Windows.System.Netstat": "Windows.Network.Netstat",
        "Windows.System.PowershellHistory": "Windows.System.Powershell.PSReadline",
        "Windows.System.Programs": "Windows.Sys.Programs",
        "Windows.System.Pstree": "Generic.System.Pstree",
        "Windows.System.ScheduledTasks": "Windows.System.TaskScheduler",
        "Windows.System.StartupItems": "Windows.Sys.StartupItems",
        "Windows.System.Users": "Windows.Sys.Users",
        "Windows.Triage.Targets":
            "Server.Import.Extras brings it; triage_client collects the built-in artifacts of a triage",
    ]
}
