// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of the Python environment with the clouds' tools.
public enum CloudTool {
    /// Where a program of that environment lies: in the folder that MEGARAPTOR_CLOUD_TOOLS names, or where `make test` puts
    /// it.
    public static func path(_ name: String) throws -> String {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let fallback = here.appending(path: "../../../.build/python/cloud").standardizedFileURL.path
        let folder = ProcessInfo.processInfo.environment["MEGARAPTOR_CLOUD_TOOLS"] ?? fallback
        let program = "\(folder)/bin/\(name)"
        guard FileManager.default.isExecutableFile(atPath: program) else { throw Missing(program: program) }
        return program
    }

    struct Missing: Error, CustomStringConvertible {
        let program: String
        var description: String { "There is no \(program): run make test, or set MEGARAPTOR_CLOUD_TOOLS." }
    }

    public static func run(_ name: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: try path(name))
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
