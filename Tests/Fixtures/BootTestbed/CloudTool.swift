// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of the Python environment with the clouds' tools.
public enum CloudTool {
    public static func run(_ name: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let fallback = here.appending(path: "../../../.build/python/cloud").standardizedFileURL.path
        let folder = ProcessInfo.processInfo.environment["MEGARAPTOR_CLOUD_TOOLS"] ?? fallback
        let process = Process()
        process.executableURL = URL(filePath: folder).appending(path: "bin").appending(path: name)
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
