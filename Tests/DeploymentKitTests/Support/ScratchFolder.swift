// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A folder of a test's own, and programs that run in it.
struct ScratchFolder {
    let url: URL
    var path: String { url.path(percentEncoded: false) }

    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Runs `body` with a folder of its own, which is removed afterwards.
    static func with<Answer>(_ body: (ScratchFolder) async throws -> Answer) async throws -> Answer {
        let name = "deployment-\(UUID().uuidString)"
        let url = URL(filePath: FileManager.default.temporaryDirectory.path(percentEncoded: false) + name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: url) } }
        return try await body(ScratchFolder(url: url))
    }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }

    func names(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
    }

    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = url
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
