// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The built program, run as the server.
final class ServerProcess {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "megaraptor-lab")

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    struct Outcome {
        var code: Int32
        var output: String
        var errors: String
    }

    /// Runs a command to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        try await ServerProcess(arguments, environment: environment).outcome()
    }

    func outcome() async throws -> Outcome {
        let (output, errors) = (output.fileHandleForReading, errors.fileHandleForReading)
        async let written = Self.text(of: output)
        let complaints = try await Self.text(of: errors)
        let text = try await written
        process.waitUntilExit()
        return Outcome(code: process.terminationStatus, output: text, errors: complaints)
    }

    /// Reads the error stream until it holds `text`; false if it ends before.
    func waitForLine(_ text: String) async -> Bool {
        let handle = errors.fileHandleForReading
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var seen = ""
                while case let part = handle.availableData, !part.isEmpty {
                    seen += String(decoding: part, as: UTF8.self)
                    if seen.contains(text) { return continuation.resume(returning: true) }
                }
                continuation.resume(returning: false)
            }
        }
    }

    var pid: pid_t { process.processIdentifier }

    func terminate() { process.terminate() }

    private static func text(of handle: FileHandle) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self) })
            }
        }
    }
}
