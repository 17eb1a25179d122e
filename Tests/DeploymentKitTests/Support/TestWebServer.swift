// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors

/// A real web server in a process of its own, on loopback.
final class TestWebServer {
    private let process = Process()
    let port: UInt16

    /// - Parameter script: Python that prints its port once it listens.
    static func with<Answer>(
        _ script: String,
        _ arguments: [String] = [],
        _ body: (TestWebServer) async throws -> Answer
    ) async throws -> Answer {
        let server = try TestWebServer(script, arguments)
        defer { server.end() }
        return try await body(server)
    }

    private init(_ script: String, _ arguments: [String]) throws {
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-u", "-c", script] + arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw MegaraptorError(.internal, "The test's web server does not start.")
        }
        self.port = port
    }

    private func end() {
        // A child inherits that its parent's threads block the gentler signals.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
