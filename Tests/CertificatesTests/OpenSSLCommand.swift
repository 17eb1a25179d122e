// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The `openssl` command, as a second opinion on what this module writes.
struct OpenSSLCommand {
    private let directory: URL

    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Runs `body` with a directory of its own, which is removed afterwards.
    static func withWorkplace<Answer>(_ body: (OpenSSLCommand) throws -> Answer) throws -> Answer {
        let directory = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        return try body(OpenSSLCommand(directory: directory))
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: directory.appending(path: name))
    }

    func read(_ name: String) throws -> String {
        try String(decoding: Data(contentsOf: directory.appending(path: name)), as: UTF8.self)
    }

    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}
