// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A shell as an author of plugins has it: the built programs are on the PATH, plugins go to the test's own folders.
struct AuthorShell {
    struct Outcome {
        let status: Int32
        /// Standard output and standard error, as a terminal shows them.
        let output: String
    }

    let scratch: ScratchFolder

    /// For the Makefiles of new plugins: with tests and library in one configuration, and as the checks build everything
    /// else, the compiler has half the work.
    static let quick = [
        "MODE": "debug",
        "SWIFTFLAGS":
            "-debug-info-format none -Xswiftc -whole-module-optimization -Xswiftc -num-threads -Xswiftc 2"
            + " -Xswiftc -no-emit-module-separately-wmo",
    ]

    init() throws {
        scratch = try ScratchFolder()
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "work"),
            withIntermediateDirectories: true
        )
    }

    /// Where commands run.
    var folder: String { scratch.url.appending(path: "work").path }

    /// Runs a script by bash. No thread of the test's waits for it.
    func run(_ script: String, _ extra: [String: String] = [:]) async throws -> Outcome {
        let file = scratch.url.appending(path: "output-\(UUID().uuidString)")
        try Data().write(to: file)
        let output = try FileHandle(forWritingTo: file)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = environment.merging(extra) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return Outcome(status: process.terminationStatus, output: try String(contentsOf: file, encoding: .utf8))
    }

    /// The home stays: Swift keeps there what it has fetched.
    private var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = "\(Products.folder.path):\(environment["PATH"] ?? "/usr/bin:/bin")"
        for (variable, name) in [("DATA", "data"), ("STATE", "state"), ("CONFIG", "config"), ("CACHE", "cache")] {
            environment["XDG_\(variable)_HOME"] = scratch.url.appending(path: name).path
        }
        environment["MEGARAPTOR_PLUGIN_PATH"] = nil
        return environment
    }
}
