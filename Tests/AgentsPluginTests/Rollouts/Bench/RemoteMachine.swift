// SPDX-License-Identifier: Apache-2.0

import Foundation
import SSHTestbed

/// A machine that is reached by SSH: OpenSSH's own server, programs in place of the system's, and a folder in place of
/// its root.
final class RemoteMachine {
    /// Which user the machine has.
    enum User {
        case root
        /// One who may use sudo with the password `open sesame`.
        case guarded
    }

    let server: SSHTestServer
    let fake: FakeMachine
    let root: URL
    let hostname: String
    private let programs: URL

    init(_ user: User = .root) throws {
        let programs = URL(filePath: "\(RolloutPlugin.folder)/programs-\(UUID().uuidString.prefix(8))")
        // The programs are made once the server has a port.
        let folders = user == .root ? ["bin"] : ["guarded", "bin"]
        let path = folders.map { "\(programs.path)/\($0)" } + ["/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"]
        server = try SSHTestServer(environment: ["PATH": path.joined(separator: ":")])
        root = URL(filePath: "\(RolloutPlugin.folder)/\(server.port)")
        self.programs = programs
        hostname = "web-\(server.port)"
        fake = try FakeMachine(folder: programs, units: root.appending(path: "etc/systemd/system"))
        try fake.write("bin/hostname", "echo \(hostname)\n")
    }

    var target: String { "127.0.0.1:\(server.port)" }

    func end() {
        fake.end("velociraptor_client.service")
        server.stop()
        for folder in [root, programs] { try? FileManager.default.removeItem(at: folder) }
    }

    /// Holds whoever calls a program until the gate is opened.
    ///
    /// - Parameter words: what the program then does.
    func gate(_ program: String, then words: String) throws -> Gate {
        let gate = Gate(folder: programs)
        try fake.write(
            "bin/\(program)",
            "echo $$ >> '\(gate.arrived)'\nwhile [ ! -e '\(gate.opened)' ]; do sleep 0.05; done\n\(words)\n"
        )
        return gate
    }

    // MARK: - What is there

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.path + path) }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: root.path + path)) }

    func write(_ path: String, _ text: String) throws {
        let file = URL(filePath: root.path + path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: root.path + path)[.posixPermissions] as? Int
    }

    /// The number of the process that runs as the service; another one for each start.
    var service: String? {
        let pid = try? String(decoding: bytes("/etc/systemd/system/velociraptor_client.service.pid"), as: UTF8.self)
        return pid?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A process that has ended and was not waited for does not run.
    var isRunning: Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(service ?? "-")/stat", encoding: .utf8)) ?? ""
        return stat.contains(") ") && !stat.contains(") Z")
    }
}

/// Where somebody waits, in files.
struct Gate {
    let folder: URL
    var arrived: String { folder.appending(path: "arrived").path }
    var opened: String { folder.appending(path: "opened").path }

    func open() throws { try Data().write(to: URL(filePath: opened)) }

    func waitForArrival() async throws {
        while !FileManager.default.fileExists(atPath: arrived) { try await Task.sleep(for: .milliseconds(10)) }
    }
}
