// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A machine that is none: a root folder, and commands that record how they were called and do as their state says.
///
/// What a boot script does to files it does for real, below ``root``.
public struct BootBench: Sendable {
    public struct Outcome: Sendable {
        public let code: Int32
        /// What came out, on both ways.
        public let output: String
        /// The commands with their arguments, a line each.
        public let calls: [String]

        public func called(_ start: String) -> Bool { calls.contains { $0.hasPrefix(start) } }
    }

    public let folder: URL
    public var root: URL { folder.appending(path: "root") }
    private var commands: URL { folder.appending(path: "bin") }
    private var state: URL { folder.appending(path: "state") }
    private var calls: URL { folder.appending(path: "calls") }

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "boot-\(UUID().uuidString)")
        for place in [commands, state, root.appending(path: "etc")] {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        try Data().write(to: root.appending(path: "etc/fstab"))
        for (name, body) in Self.stubs { try setCommand(name, body) }
    }

    public func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Replaces what a command does. It finds its state in `$STATE`.
    public func setCommand(_ name: String, _ body: String) throws {
        let file = commands.appending(path: name)
        // One write, so that lines of commands in a pipe do not mix.
        let text = "#!/bin/bash\nprintf '%s\\n' \"\(name) $*\" >>\"$CALLS\"\n\(body)\n"
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    public func set(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: state.appending(path: name))
    }

    public func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: state.appending(path: name).path)
    }

    /// A file below the root; `nil` where there is none.
    public func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The permission bits of a file or folder below the root.
    public func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: root.appending(path: path).path)
        return attributes[.posixPermissions] as? Int ?? 0
    }

    public func run(_ script: String) throws -> Outcome {
        let file = folder.appending(path: "script")
        try Data(script.utf8).write(to: file)
        try Data().write(to: calls)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [file.path]
        process.environment = [
            "PATH": "\(commands.path):/usr/bin:/bin", "STATE": state.path, "CALLS": calls.path, "LANG": "C.UTF-8",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let lines = try String(contentsOf: calls, encoding: .utf8).split(separator: "\n").map(String.init)
        return Outcome(
            code: process.terminationStatus,
            output: String(decoding: output, as: UTF8.self),
            calls: lines
        )
    }
}
