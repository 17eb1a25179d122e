// SPDX-License-Identifier: Apache-2.0

public import Foundation
internal import Glibc

/// OpenSSH's own server on a port of 127.0.0.1, with keys and configuration in a folder of its own.
public final class SSHTestServer {
    /// For the test's own files too; removed by ``stop()``.
    public let folder: URL
    public private(set) var port: UInt16 = 0
    private var process: SpawnedProgram?
    private let extra: [String]
    private let environment: [String: String]

    public var userKey: String { folder.appending(path: "user_key").path }
    /// A key that the server does not know.
    public var strangeKey: String { folder.appending(path: "strange_key").path }
    /// The user's key behind the passphrase `open sesame`.
    public var lockedKey: String { folder.appending(path: "locked_key").path }
    /// Knows the server's key.
    public var knownHosts: String { folder.appending(path: "known_hosts").path }
    public var user: String { NSUserName() }
    public var serverID: Int32 { process?.id ?? -1 }

    /// - Parameter extra: lines for `sshd_config`, before the usual ones: the first of a kind counts.
    /// - Parameter environment: of commands, beside a home of their own: the settings of the user's shell are left out.
    public init(extra: [String] = [], environment: [String: String] = [:]) throws {
        self.extra = extra
        self.environment = environment
        folder = FileManager.default.temporaryDirectory.appending(path: "ssh-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for key in try TestKeys.made.get() { try key.write(into: folder) }
        let keys = try ["user_key", "locked_key"].map { try text("\($0).pub") }.joined()
        try Data(keys.utf8).write(to: folder.appending(path: "authorized_keys"))
        try start()
    }

    /// Runs `body` with a server that is ended afterwards.
    public static func with<Value>(
        extra: [String] = [],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (SSHTestServer) async throws -> Value
    ) async throws -> Value {
        let server = try SSHTestServer(extra: extra)
        defer { server.stop() }
        return try await body(server)
    }

    public func stop() {
        for child in Self.children(of: serverID) { kill(child, SIGKILL) }
        process?.end()
        process = nil
        try? FileManager.default.removeItem(at: folder)
    }

    /// `SHA256:…` of the host's key as OpenSSH computes it.
    public func fingerprint() throws -> String {
        let line = try Self.output("/usr/bin/ssh-keygen", ["-l", "-f", folder.appending(path: "host_key.pub").path])
        return String(line.split(separator: " ")[1])
    }

    /// Writes a file of known hosts that holds another key for this server.
    public func makeContradictingHosts() throws -> String {
        try writeKnownHosts(of: "other_host_key", as: "contradicting_hosts")
    }

    /// The processes that serve one connection each.
    public var sessions: [Int32] { Self.children(of: serverID) }

    public static func children(of parent: Int32) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { id in
            guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return false }
            let fields = stat[end...].split(separator: " ")
            return fields.count > 2 && Int32(fields[2]) == parent
        }
    }

    @discardableResult
    public static func output(_ program: String, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        let standardInput = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = standardInput
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw TestbedFailure(text: "\(program): \(text)") }
        return text
    }

    private func start() throws {
        // Where a service would have made it; without it sshd does not start.
        try? FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: false)
        // Another test may take the port between its choice and its use.
        for _ in 0..<10 {
            port = try Self.freePort()
            try writeConfiguration()
            let log = folder.appending(path: "log").path
            let configuration = folder.appending(path: "sshd_config").path
            let process = try SpawnedProgram("/usr/sbin/sshd", ["-D", "-E", log, "-f", configuration])
            while process.isRunning {
                if Self.answers(port), (try? text("log"))?.contains("Server listening") == true {
                    self.process = process
                    _ = try writeKnownHosts(of: "host_key", as: "known_hosts")
                    return
                }
                usleep(5_000)
            }
        }
        throw TestbedFailure(
            text: "sshd does not start: \((try? text("log")) ?? "no log"). It needs the folder /run/sshd."
        )
    }

    private func writeConfiguration() throws {
        let variables = environment.merging(["HOME": folder.path]) { given, _ in given }
        let lines =
            extra + [
                "SetEnv " + variables.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
                "Port \(port)", "ListenAddress 127.0.0.1", "HostKey \(folder.path)/host_key",
                "AuthorizedKeysFile \(folder.path)/authorized_keys", "StrictModes no", "UsePAM no", "PidFile none",
                "PermitRootLogin yes", "PasswordAuthentication no", "KbdInteractiveAuthentication no", "UseDNS no",
                "MaxStartups 200", "MaxSessions 50", "LogLevel DEBUG1", "Subsystem sftp /usr/lib/openssh/sftp-server",
            ]
        let text = lines.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: folder.appending(path: "sshd_config"))
    }

    private func writeKnownHosts(of key: String, as name: String) throws -> String {
        let parts = try text("\(key).pub").split(separator: " ")
        let file = folder.appending(path: name)
        try Data("[127.0.0.1]:\(port) \(parts[0]) \(parts[1])\n".utf8).write(to: file)
        return file.path
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
