// SPDX-License-Identifier: Apache-2.0

public import Foundation
internal import Synchronization

/// AsyncSSH's server on a port of 127.0.0.1, which takes passwords; see `server.py`.
public final class SSHPasswordServer: Sendable {
    public static let user = "ada"
    public static let password = "tr0ub4dor & <3"

    public let folder: URL
    public let port: UInt16
    private let process: Mutex<SpawnedProgram>

    /// Knows the server's key.
    public var knownHosts: String { folder.appending(path: "known_hosts").path }

    /// Runs `body` with a server that is ended afterwards.
    ///
    /// - Parameters:
    ///   - methods: of `password` and `keyboard-interactive`, those that it allows.
    ///   - questions: asked by the latter.
    public static func with<Value>(
        _ methods: [String],
        questions: [String] = ["Password: "],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (SSHPasswordServer) async throws -> Value
    ) async throws -> Value {
        let server = try await SSHPasswordServer(methods, questions)
        defer { server.end() }
        return try await body(server)
    }

    private init(_ methods: [String], _ questions: [String]) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ssh-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let tools =
            ProcessInfo.processInfo.environment["MEGARAPTOR_SSH_TOOLS"]
            ?? here.appending(path: "../../../.build/python/ssh").standardizedFileURL.path
        let known = ["--folder", folder.path, "--user", Self.user, "--password", Self.password]
        let script = here.appending(path: "PasswordServer/server.py").path
        let arguments = [script] + known + ["--methods"] + methods + ["--questions"] + questions
        process = Mutex(try SpawnedProgram("\(tools)/bin/python", arguments))
        port = try await PortFile.port(in: folder)
    }

    /// The methods by which a login was tried, one a line.
    public func tried() -> [String] {
        let text = (try? String(contentsOf: folder.appending(path: "tried"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    private func end() {
        process.withLock { $0.end() }
        try? FileManager.default.removeItem(at: folder)
    }
}
