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

    /// Builds `Tests/Fixtures/Bad/misdeeds.c`, which behaves until it is told not to, or not while it is opened.
    func misdeeds(opening fault: String = "", isolation: String? = nil) throws -> PluginManifest {
        let id = "org.megaraptor.fixture.misdeeds"
        let options = fault.isEmpty ? [] : ["-DOPENING_\(fault)"]
        return try manifest(of: id, tool: "misdeed", library: "libmisdeeds.so", isolation: isolation) { target in
            try Self.compile("Tests/Fixtures/Bad/misdeeds.c", to: target, options)
        }
    }

    /// The fixture in Swift, as it stands in the tree.
    func swift(isolation: PluginManifest.Isolation = .inProcess) throws -> PluginManifest {
        let home = Self.sourceRoot.appending(path: "Tests/Fixtures/manifests/org.megaraptor.fixture.swift").path
        var manifest = try PluginManifest.read(folder: home, libraryFolders: [HostUnderTest.products.path])
        manifest.isolation = isolation
        return manifest
    }

    /// Somebody else's provider `third` of what the fixture in Swift provides, too. It is the misdeeds' code.
    ///
    /// - Parameter reading: what its manifest says; the code says `misdeed`.
    func third(isolation: PluginManifest.Isolation = .process, reading: String = "misdeed") throws -> PluginManifest {
        let id = "org.megaraptor.fixture.misdeeds"
        let provider = """
            "providers": [{"interface": "fixture.greeter/1", "name": "third", "description": "Misbehaves.",
                           "reading": ["\(reading)"], "input_schema": {"type": "object"}}]
            """
        var manifest = try manifest(of: id, contributing: provider, library: "libmisdeeds.so") { target in
            try Self.compile("Tests/Fixtures/Bad/misdeeds.c", to: target, ["-DPROVIDER"])
        }
        manifest.isolation = isolation
        return manifest
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
        isolation: String? = nil,
        make: (URL) throws -> Void
    ) throws -> PluginManifest {
        let tools = """
            "toolsets": [{"name": "fixture", "description": "For tests."}],
            "tools": [{"name": "\(tool)", "description": "Misbehaves.", "toolset": "fixture",
                       "input_schema": {"type": "object"}}]
            """
        return try manifest(of: id, contributing: tools, library: library, isolation: isolation, make: make)
    }

    /// - Parameter contributes: members of a JSON object.
    private func manifest(
        of id: String,
        contributing contributes: String,
        library: String,
        isolation: String? = nil,
        make: (URL) throws -> Void
    ) throws -> PluginManifest {
        let home = folder.appending(path: id)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try make(home.appending(path: library))
        let text = """
            {"schema": 1, "id": "\(id)", "name": "Fixture", "version": "1.0.0", "abi": 1, "library": "\(library)",
             \(isolation.map { "\"isolation\": \"\($0)\"," } ?? "")
             "license": "Apache-2.0", "description": "For tests.",
             "contributes": {\(contributes)}}
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

    /// Where plugins run.
    enum Lane: String, CaseIterable, Sendable {
        case inside, process
    }

    /// - Parameter lane: inside for plugins as if they were bundled.
    init(
        _ manifests: [PluginManifest],
        lane: Lane = .inside,
        state: URL? = nil,
        settings: JSONValue = [:],
        secrets: SecretsInMemory? = nil,
        concurrentCalls: Int = 64,
        workers change: (inout WorkerSettings) -> Void = { _ in }
    ) {
        let log = LogRecorder()
        self.log = log
        var workers = WorkerSettings()
        // The test runner is no worker; the host lies beside it.
        workers.program = Self.program
        workers.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
        change(&workers)
        host = PluginHost(
            manifests: manifests.map { manifest in
                var manifest = manifest
                manifest.isBundled = lane == .inside
                return manifest
            },
            folders: HostFolders(environment: ["HOME": state?.path ?? "/nonexistent"]),
            settings: { _ in settings },
            secret: secrets?.read ?? PluginHost.noSecrets,
            secretKeeper: secrets?.keeper,
            concurrentCalls: concurrentCalls,
            workers: workers,
            logger: Logger(label: "test") { _ in log }
        )
    }

    /// Where the built programs and libraries lie.
    static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    private static let program = products.appending(path: "megaraptor-mcp").path

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
