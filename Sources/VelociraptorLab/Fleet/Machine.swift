// SPDX-License-Identifier: Apache-2.0

/// What an endpoint holds, from which each artifact makes its rows; so one process shows the same in every artifact.
struct Machine: Sendable {
    var processes: [Process] = []
    var sockets: [Socket] = []
    var accounts: [Account] = []
    var tasks: [ScheduledTask] = []
    var services: [Service] = []
    var startupItems: [StartupItem] = []
    var logons: [Logon] = []
    var executions: [Execution] = []
    var scriptBlocks: [ScriptBlock] = []
    var resolvedNames: [ResolvedName] = []
    var authorizedKeys: [AuthorizedKey] = []
    var knownHosts: [KnownHost] = []
    var cronJobs: [CronJob] = []
    var shellHistory: [ShellHistory] = []
    var hostsFile: [HostsEntry] = []
    var clearedLogs: [ClearedLog] = []
    /// Windows: the members of the group Administrators, `DOMAIN\name`.
    var administrators: [String] = []
    var shares: [Share] = []
    var launchItems: [LaunchItem] = []
    var downloads: [Download] = []
    var installations: [Installation] = []
    /// Files beside those that the other facts speak of.
    var ownFiles: [File] = []
    var archive: Archive?
}

extension Machine {
    struct Process: Sendable {
        var pid: Int
        var parent: Int
        var name: String
        var path: String
        var commandLine: String
        var user: String
        var started: Instant
        var signer: String?
        var elevated = false
        /// The file was removed while the process ran on.
        var deleted = false
        var memory: Int = 18_000_000
    }

    struct Socket: Sendable {
        var pid: Int
        var transport = "TCP"
        var status: String
        var local: String
        var localPort: Int
        var remote: String
        var remotePort: Int
        var opened: Instant

        var isIPv6: Bool { local.contains(":") }
    }

    struct Account: Sendable {
        var name: String
        var id: Int
        var group: Int
        var description: String
        var home: String
        var shell = ""
        /// Windows only: the security identifier.
        var sid = ""
        var lastLogin: Instant?
    }

    struct ScheduledTask: Sendable {
        var path: String
        var command: String
        var arguments: String
        var user: String
        var runLevel: String
        var registered: Instant
        var interval: String
    }

    struct Service: Sendable {
        var name: String
        var displayName: String
        var path: String
        var user: String
        var running: Bool
        var pid: Int
        var startMode: String
        var created: Instant
    }

    struct StartupItem: Sendable {
        var name: String
        var location: String
        var details: String
        var enabled = true
    }

    /// A logon on Windows or Linux; `method` is a logon type there and `publickey` or `password` here.
    struct Logon: Sendable {
        var at: Instant
        var user: String
        var domain = ""
        var source: String
        var method: String
        var succeeded = true
    }

    /// A program's run as Windows prefetch remembers it.
    struct Execution: Sendable {
        var path: String
        var size: Int
        var runs: [Instant]
    }

    struct ScriptBlock: Sendable {
        var at: Instant
        var text: String
        var path = ""
    }

    struct ResolvedName: Sendable {
        var name: String
        var record: String
        var timeToLive: Int
    }

    struct AuthorizedKey: Sendable {
        var path: String
        var type: String
        var key: String
        var comment: String
    }

    struct KnownHost: Sendable {
        var user: String
        var uid: Int
        var path: String
        var host: String
        var type: String
        var key: String
    }

    struct CronJob: Sendable {
        var path: String
        var user: String
        var schedule: String
        var command: String
    }

    struct ShellHistory: Sendable {
        var path: String
        var lines: [String]
    }

    struct ClearedLog: Sendable {
        var at: Instant
        var log: String
        var user: String
        var sid: String
    }

    struct Share: Sendable {
        var name: String
        var path: String
        var caption = ""
    }

    /// What launchd starts.
    struct LaunchItem: Sendable {
        var path: String
        var label: String
        var program: String
        var modified: Instant
    }

    /// A file that a person fetched with a browser.
    struct Download: Sendable {
        var at: Instant
        var url: String
        var title: String
        var user: String
    }

    struct Installation: Sendable {
        var at: Instant
        var name: String
        var version: String
        var identifier: String
        var installer: String
    }

    struct HostsEntry: Sendable {
        var address: String
        var names: [String]
        var comment = ""
    }
}
