// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Logging
import MegaraptorErrors
import PluginHost
import PluginManifest
import Synchronization

/// Plugins on disk for one test, compiled on the spot with the system's C compiler.
final class FixturePlugins: Sendable {
    static let sourceRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// Builds `Tests/Fixtures/Bad/bad.c` with one fault and puts its manifest beside it.
    func bad(_ fault: String) throws -> PluginManifest {
        try manifest(of: "org.megaraptor.fixture.bad", tool: "bad", library: "libbad.so") { target in
            try Self.compile("Tests/Fixtures/Bad/bad.c", to: target, fault.isEmpty ? [] : ["-DFAULT_\(fault)"])
        }
    }

    /// A plugin whose library is these bytes.
    func file(_ bytes: String) throws -> PluginManifest {
        try manifest(of: "org.megaraptor.fixture.bad", tool: "bad", library: "libbad.so") { target in
            try Data(bytes.utf8).write(to: target)
        }
    }

    func manifest(
        of id: String,
        tool: String,
        library: String,
        make: (URL) throws -> Void
    ) throws -> PluginManifest {
        let home = folder.appending(path: id)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try make(home.appending(path: library))
        let text = """
            {"schema": 1, "id": "\(id)", "name": "Fixture", "version": "1.0.0", "abi": 1, "library": "\(library)",
             "license": "Apache-2.0", "description": "For tests.",
             "contributes": {"toolsets": [{"name": "fixture", "description": "For tests."}],
              "tools": [{"name": "\(tool)", "description": "Misbehaves.", "toolset": "fixture",
                         "input_schema": {"type": "object"}}]}}
            """
        try Data(text.utf8).write(to: home.appending(path: "plugin.yaml"))
        return try PluginManifest.read(folder: home.path, libraryFolders: [])
    }

    static func compile(_ source: String, to target: URL, _ options: [String]) throws {
        let arguments =
            ["cc", "-shared", "-fPIC", "-O1", "-I", "Sources/CMegaraptorABI/include"] + options
            + ["-o", target.path, source]
        let (status, output) = try run("/usr/bin/env", arguments)
        guard status == 0 else { throw MegaraptorError(.internal, "cc failed: \(output)") }
    }

    static func run(_ program: String, _ arguments: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = sourceRoot
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

/// A host over some manifests whose log can be read.
struct HostUnderTest {
    let host: PluginHost
    let log: LogRecorder

    init(
        _ manifests: [PluginManifest],
        folders: HostFolders = HostFolders(environment: [:]),
        settings: JSONValue = [:],
        concurrentCalls: Int = 64
    ) {
        let log = LogRecorder()
        self.log = log
        host = PluginHost(
            manifests: manifests,
            folders: folders,
            settings: { _ in settings },
            concurrentCalls: concurrentCalls,
            logger: Logger(label: "test") { _ in log }
        )
    }

    func call(
        _ method: String,
        _ params: JSONValue = [:],
        plugin: String = "org.megaraptor.fixture.bad",
        timeout: Duration? = .seconds(20)
    ) async throws -> String {
        let bytes = try await host.call(HostCall(plugin: plugin, method: method, params: params, timeout: timeout))
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Keeps log lines for a test.
final class LogRecorder: LogHandler, Sendable {
    private let recorded = Mutex<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        recorded.withLock { $0.append("\(event.level): \(event.message)") }
    }
}
