// SPDX-License-Identifier: Apache-2.0

internal import CommandTestbed
public import Foundation
public import JSONValue
internal import SSHTestbed
internal import Synchronization

/// A WinRM endpoint on loopback, in Python and with another's NTLM, and a Windows machine behind it that is none.
public final class WinRMEndpoint: Sendable {
    public static let user = #"CORP\ada"#
    public static let password = "tr0ub4dor & <3"
    /// One of the machine's own, with the same password.
    public static let localUser = "bob"

    public let port: UInt16
    /// With the machine's state and what happened; see `machine.py`.
    public let folder: URL
    /// In PEM: the machine's own, for `localhost` and `127.0.0.1`.
    public let certificate: String
    private let process: Mutex<SpawnedProgram>

    /// Returns once it takes connections.
    ///
    /// - Parameters:
    ///   - auth: `basic` and `negotiate`, by commas.
    ///   - behaviour: how the machine is broken.
    ///   - patience: how long a question for output waits.
    ///   - broken: `drop-before-command`: it hangs up when the first command is to begin; `forget-before-command`: it
    ///     wants another login then; `other-channel`: its end is that of another connection, as where somebody between
    ///     passes on what he hears.
    public init(
        auth: String = "negotiate",
        behaviour: JSONObject = [:],
        patience: Double = 20,
        broken: String = ""
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "winrm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (certificate, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
        try Command.require([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", certificate,
            "-keyout", key,
        ])
        self.certificate = certificate
        let users = folder.appending(path: "users").path
        try Data("CORP:ada:\(Self.password)\n:\(Self.localUser):\(Self.password)\n".utf8).write(
            to: URL(filePath: users)
        )
        try Data(JSONValue.object(behaviour).json().utf8).write(to: folder.appending(path: "behaviour.json"))
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Endpoint/endpoint.py").path
        let arguments = [
            program, "--state", folder.path, "--certificate", certificate, "--key", key, "--users", users,
            "--auth", auth, "--patience", "\(patience)", "--broken", broken,
        ]
        // It outlives other tests' children, so it must not inherit the pipes that they are read by.
        process = Mutex(try SpawnedProgram(WinRMTool.pythonPath, arguments))
        port = try await PortFile.port(in: folder)
    }

    public func end() {
        process.withLock { $0.end() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What happened: questions by their action, logins and faults.
    public func events() throws -> [JSONValue] {
        let text = (try? String(contentsOf: folder.appending(path: "log.jsonl"), encoding: .utf8)) ?? ""
        return try text.split(separator: "\n").map { try JSONValue(json: Array($0.utf8)) }
    }

    /// How often that happened.
    public func count(_ event: String) throws -> Int {
        try events().count { $0["event"]?.stringValue == event }
    }

    /// From now on the machine is broken in this way, or in none.
    public func behave(_ behaviour: JSONObject) throws {
        try Data(JSONValue.object(behaviour).json().utf8).write(to: folder.appending(path: "behaviour.json"))
    }

    /// A file in the machine's Program Files, or in another of its folders; `nil` where there is none.
    public func file(_ path: String, in place: String = "programs") -> Data? {
        try? Data(contentsOf: folder.appending(path: "\(place)/\(path)"))
    }

    /// - Parameter place: of the machine's folders; see `machine.py`.
    public func write(_ path: String, _ text: String, in place: String = "programs") throws {
        let file = folder.appending(path: "\(place)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The service, and how often something was installed.
    public func agent() throws -> JSONValue {
        guard let bytes = try? Data(contentsOf: folder.appending(path: "agent.json")) else { return [:] }
        return try JSONValue(json: Array(bytes))
    }

    public func setService(_ state: String) throws {
        try Data(#"{"service": "\#(state)"}"#.utf8).write(to: folder.appending(path: "agent.json"))
    }
}
