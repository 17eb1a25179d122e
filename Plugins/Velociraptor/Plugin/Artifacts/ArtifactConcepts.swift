// SPDX-License-Identifier: Apache-2.0

/// What investigators call things, and the words in the names of the artifacts that are about them.
enum ArtifactConcepts {
    struct Concept: Sendable, Hashable {
        /// Words or groups of words; a group counts when all of its words are there.
        var phrases: [String]
        /// Parts of names, in lower case.
        var names: [String]
    }

    static let all: [Concept] = [
        Concept(phrases: ["process", "processes", "pslist", "ps", "tasklist"], names: ["pslist", "pstree"]),
        Concept(phrases: ["parent process", "process tree", "pstree"], names: ["pstree", "parentprocess"]),
        Concept(
            phrases: ["connection", "connections", "netstat", "network", "sockets"],
            names: ["netstat", "listeningports"]
        ),
        Concept(phrases: ["listening", "ports", "open ports"], names: ["listeningports", "netstat"]),
        Concept(
            phrases: ["persistence", "autoruns", "autorun", "startup", "run keys", "launchd", "launch agents"],
            names: [
                "autoruns", "startupitems", "persistence", "taskscheduler", "crontab", "system.services",
                "sys.services",
            ]
        ),
        Concept(
            phrases: ["cron", "crontab", "scheduled tasks", "scheduled task", "task scheduler", "schtasks"],
            names: ["taskscheduler", "scheduledtasks", "crontab"]
        ),
        Concept(
            phrases: ["logon", "logons", "login", "logins", "authentication", "rdp", "remote desktop"],
            names: ["rdpauth", "explicitlogon", "alternatelogon", "lastuserlogin", "sshlogin", "rdpcache"]
        ),
        Concept(
            phrases: ["brute force", "failed logins", "failed logons"],
            names: ["bruteforce", "failedlog", "rdpauth"]
        ),
        Concept(
            phrases: ["browser", "browser history", "web history", "browsing"],
            names: ["chrome.history", "edge.history", "firefox.history", "nirsoftbrowserviewer"]
        ),
        Concept(phrases: ["download", "downloads"], names: ["evidenceofdownload", "downloads", "quarantineevents"]),
        Concept(phrases: ["powershell"], names: ["powershell", "psreadline"]),
        Concept(phrases: ["bash", "shell history", "command history"], names: ["bashhistory", "psreadline"]),
        Concept(
            phrases: ["event log", "event logs", "evtx", "eventlog"],
            names: ["evtxhunter", "eventlogs.evtx", "sigma.eventlogs"]
        ),
        Concept(
            phrases: ["syslog", "journal", "journald", "log files"],
            names: ["journal", "loggrep", "loghunter", "syslog"]
        ),
        Concept(
            phrases: ["execution", "executed", "prefetch", "shimcache", "amcache", "programs run"],
            names: ["prefetch", "appcompatcache", "amcache", "userassist", "bam", "srum"]
        ),
        Concept(phrases: ["shimcache", "appcompat"], names: ["appcompatcache"]),
        Concept(phrases: ["mft", "file table", "ntfs"], names: ["ntfs.mft", "timeline.mft"]),
        Concept(
            phrases: ["usn", "usn journal", "change journal"],
            names: ["forensics.usn", "detection.usn", "carving.usn"]
        ),
        Concept(phrases: ["yara", "signatures", "malware scan"], names: ["yara"]),
        Concept(
            phrases: ["memory", "ram", "memory dump", "injection", "injected"],
            names: ["memory", "processmemory", "system.vad", "physicalmemory"]
        ),
        Concept(
            phrases: ["user", "users", "accounts", "local accounts"],
            names: ["sys.users", "system.users", "allusers", "interactiveusers", "rootusers"]
        ),
        Concept(phrases: ["admin", "admins", "administrators"], names: ["localadmins", "rootusers", "sys.groups"]),
        Concept(
            phrases: ["service", "services", "daemons"],
            names: ["system.services", "sys.services", "servicecreation"]
        ),
        Concept(
            phrases: ["driver", "drivers", "kernel modules", "kernel module", "rootkit"],
            names: ["sys.drivers", "proc.modules"]
        ),
        Concept(phrases: ["usb", "removable", "thumb drive", "thumbdrive"], names: ["thumbdrives", "mountpoints2"]),
        Concept(phrases: ["shellbags", "folders opened"], names: ["shellbags", "sbecmd"]),
        Concept(
            phrases: ["files opened", "recent files", "mru"],
            names: ["lnk", "jumplists", "recentdocs", "recentapps", "mru"]
        ),
        Concept(phrases: ["dns", "name resolution", "domains"], names: ["dnscache", "events.dns", "etw.dns"]),
        Concept(phrases: ["hosts", "hosts file"], names: ["hostsfile"]),
        Concept(phrases: ["arp"], names: ["arpcache", "proc.arp"]),
        Concept(
            phrases: ["ssh", "ssh keys", "authorized keys"],
            names: ["ssh.authorizedkeys", "ssh.privatekeys", "ssh.knownhosts", "sshlogin"]
        ),
        Concept(
            phrases: ["package", "packages", "software", "programs", "installed"],
            names: ["packages", "sys.programs", "installhistory"]
        ),
        Concept(phrases: ["suid", "setuid", "privilege escalation"], names: ["suid"]),
        Concept(phrases: ["firewall"], names: ["firewallrules"]),
        Concept(
            phrases: ["find files", "file search", "search files", "files by name"],
            names: ["search.filefinder", "filenamesearch"]
        ),
        Concept(phrases: ["hash", "hashes", "sha256", "md5"], names: ["hashhunter", "localhashes"]),
        Concept(phrases: ["timeline"], names: ["timeline"]),
        Concept(phrases: ["lateral movement", "psexec"], names: ["lateralmovement", "psexec"]),
        Concept(phrases: ["wmi"], names: ["permanentwmievents", "wmi"]),
        Concept(phrases: ["isolate", "quarantine", "contain"], names: ["remediation.quarantine"]),
        Concept(
            phrases: ["deleted files", "recycle bin", "trash"],
            names: ["recyclebin", "ntfs.recover", "carving.usn"]
        ),
        Concept(phrases: ["docker", "containers", "container"], names: ["docker"]),
        Concept(phrases: ["mounts", "disks", "mount"], names: ["mounts", "diskinfo", "diskspace"]),
        Concept(
            phrases: ["credentials", "passwords", "hashdump"],
            names: ["forensics.sam", "wdigest", "kerberoasting"]
        ),
    ]

    /// The concepts that some words speak of, each with the phrase that shows it and the phrase's words.
    static func named(by words: [String]) -> [(phrase: String, words: [String], names: [String])] {
        let words = Set(words)
        return all.compactMap { concept in
            let phrases = concept.phrases.filter { words.isSuperset(of: NameWords.plain($0)) }
            // The longest phrase says most clearly what is meant.
            guard let phrase = phrases.max(by: { $0.count < $1.count }) else { return nil }
            return (phrase, phrases.flatMap(NameWords.plain), concept.names)
        }
    }
}
