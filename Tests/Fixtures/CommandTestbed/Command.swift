// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Programs of the system, run to their end without input.
public enum Command {
    public struct Outcome: Sendable {
        public let status: Int32
        /// Of both streams.
        public let output: String
    }

    /// What could not be done, with what the program says.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    /// - Parameter words: the program, by its path or its name, and its arguments.
    public static func run(_ words: String..., in folder: String? = nil) throws -> Outcome {
        try run(words, in: folder)
    }

    /// - Parameter environment: in place of this process's own.
    public static func run(
        _ words: [String],
        in folder: String? = nil,
        environment: [String: String]? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment ?? ProcessInfo.processInfo.environment
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: output)
    }

    /// - Returns: what it says.
    /// - Throws: ``Failure`` where it fails.
    @discardableResult
    public static func require(_ words: [String]) throws -> String {
        let outcome = try run(words)
        guard outcome.status == 0 else { throw Failure(description: "\(words[0]): \(outcome.output)") }
        return outcome.output
    }
}
