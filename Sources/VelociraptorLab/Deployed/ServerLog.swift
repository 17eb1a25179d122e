// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The server's log: files in the configured folder, and the standard error stream.
final class ServerLog: Sendable {
    enum Level: String, Sendable {
        case info
        case error
    }

    /// The part of the server that speaks; each has files of its own where the configuration says so.
    enum Component: String, Sendable {
        case frontend = "VelociraptorFrontend"
        case gui = "VelociraptorGUI"
        case api = "VelociraptorAPI"
    }

    private let directory: String
    private let isSeparate: Bool
    /// Whether lines that are no errors go to the standard error stream, too.
    private let isVerbose: Bool
    private let files = Mutex<[String: Int32]>([:])

    /// Opens the files.
    ///
    /// - Throws: a failure with exit code 2 where the folder cannot be written: the server panics there.
    init(_ configuration: ServerConfiguration, isVerbose: Bool) throws(ServerFailure) {
        directory = configuration.text("Logging", "output_directory")
        isSeparate = configuration.flag("Logging", "separate_logs_per_component")
        self.isVerbose = isVerbose
        guard !directory.isEmpty else { return }
        try SystemFile.makeDirectory(directory, Self.panic)
        for component in [Component.frontend, .gui, .api] {
            for level in [Level.info, .error] { try open(file(component, level)) }
        }
    }

    deinit {
        for descriptor in files.withLock({ $0.values }) { close(descriptor) }
    }

    func write(_ level: Level, _ component: Component, _ message: String) {
        let time = Instant.now().rfc3339
        if level == .error || isVerbose {
            emit("[\(level.rawValue.uppercased())] \(time) \(message)\n", to: STDERR_FILENO)
        }
        guard !directory.isEmpty else { return }
        let record: JSONValue = ["level": .string(level.rawValue), "msg": .string(message), "time": .string(time)]
        files.withLock { files in
            guard let descriptor = files[file(component, level)] else { return }
            emit(record.json() + "\n", to: descriptor)
        }
    }

    private func file(_ component: Component, _ level: Level) -> String {
        "\(directory)/\(isSeparate ? component.rawValue : "Velociraptor")_\(level.rawValue).log"
    }

    private func open(_ path: String) throws(ServerFailure) {
        try files.withLock { files throws(ServerFailure) in
            guard files[path] == nil else { return }
            let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Self.panic("open \(path): \(SystemFile.reason())") }
            files[path] = descriptor
        }
    }

    private static func panic(_ message: String) -> ServerFailure {
        ServerFailure("panic: " + message, exitCode: 2)
    }

    /// A log that cannot be written must not end the server; there is nobody to tell.
    private func emit(_ line: String, to descriptor: Int32) {
        _ = SystemFile.writeAll(Array(line.utf8), to: descriptor)
    }
}
