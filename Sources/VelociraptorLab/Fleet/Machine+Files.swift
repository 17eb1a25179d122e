// SPDX-License-Identifier: Apache-2.0

extension Machine {
    struct File: Sendable {
        var path: String
        var text = ""
        var size: Int
        var modified: Instant
        /// Permission bits; `0o4000` for SUID.
        var mode = 0o644
        var isFolder = false

        /// The last part of the path.
        var name: String { path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? path }
    }

    /// Very many files of one kind, which exist only while somebody looks at them.
    struct Archive: Sendable {
        /// The folder, with a separator at its end.
        var folder: String
        var count: Int

        func path(_ index: Int) -> String { "\(folder)\(2010 + index % 16)\\voucher-\(index).pdf" }
        func size(_ index: Int) -> Int { 24_000 + index * 7919 % 90_000 }
    }

    /// What lies on the disk, as far as anybody can ask: what else the machine speaks of, and a few texts.
    func files(on endpoint: Endpoint, at now: Instant) -> [File] {
        let old = now.before(.days(60))
        var files = ownFiles
        func add(_ path: String, _ text: String, _ modified: Instant) {
            files.append(File(path: path, text: text, size: text.utf8.count, modified: modified))
        }
        let hosts = hostsFile.map { "\($0.address)\t\($0.names.joined(separator: " "))\n" }.joined()
        switch endpoint.system {
        case .windows:
            add(#"C:\Windows\System32\drivers\etc\hosts"#, "# Copyright notice\r\n", old)
            for run in executions { files.append(executable(run.path, size: run.size, run.runs.first ?? old)) }
        case .linux:
            for (path, text) in Self.linuxTexts(endpoint, hosts: hosts) { add(path, text, old) }
            for account in accounts where account.home.hasPrefix("/home/") {
                files.append(File(path: account.home, size: 4096, modified: old, mode: 0o755, isFolder: true))
            }
        case .darwin: add("/private/etc/hosts", hosts, old)
        }
        for history in shellHistory { add(history.path, history.lines.joined(separator: "\n") + "\n", now) }
        for (path, keys) in Dictionary(grouping: authorizedKeys, by: \.path).sorted(by: { $0.key < $1.key }) {
            add(path, keys.map { "\($0.type) \($0.key) \($0.comment)\n" }.joined(), old)
        }
        for (path, jobs) in Dictionary(grouping: cronJobs, by: \.path).sorted(by: { $0.key < $1.key }) {
            add(path, jobs.map { "\($0.schedule) \($0.user) \($0.command)\n" }.joined(), old)
        }
        for process in processes where !process.path.isEmpty && !process.deleted {
            files.append(executable(process.path, size: process.memory / 9, old))
        }
        return files.uniqueByPath
    }

    private func executable(_ path: String, size: Int, _ modified: Instant) -> File {
        File(path: path, text: "(a program)", size: size, modified: modified, mode: 0o755)
    }

    private static func linuxTexts(_ endpoint: Endpoint, hosts: String) -> [(String, String)] {
        [
            ("/etc/host.conf", "multi on\n"), ("/etc/hostname", endpoint.hostname + "\n"), ("/etc/hosts", hosts),
            ("/etc/hosts.allow", "# Hosts that may use services of this machine\n"),
            ("/etc/hosts.deny", "# Hosts that may not\n"),
        ]
    }
}

extension [Machine.File] {
    /// The first file of each path, sorted by path.
    fileprivate var uniqueByPath: [Machine.File] {
        Dictionary(map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }).values.sorted { $0.path < $1.path }
    }
}
