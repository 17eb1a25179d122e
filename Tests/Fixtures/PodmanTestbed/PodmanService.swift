// SPDX-License-Identifier: Apache-2.0

internal import Foundation
private import Glibc
internal import Synchronization

/// A real podman with its storage in a folder of its own, and its service on a Unix socket.
public final class PodmanService: Sendable {
    /// What could not be done, with what podman says.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public let folder: String
    private let service = Mutex<pid_t?>(nil)

    public var socket: String { "\(folder)/s" }
    public var address: String { "unix://\(socket)" }

    /// Makes the folder; ``start()`` starts the service.
    public init() throws {
        // Short, because a socket's path has at most 107 bytes.
        folder = "/tmp/mr-pod-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try Self.configuration.write(toFile: "\(folder)/c", atomically: true, encoding: .utf8)
    }

    // MARK: - The service

    /// Returns once the service takes connections.
    public func start() async throws {
        let child = try spawn(Self.podman, ["system", "service", "--time=0", address], "service")
        service.withLock { $0 = child }
        let end = ContinuousClock.now + .seconds(60)
        while !isListening {
            guard ContinuousClock.now < end else {
                throw Failure(description: "podman does not start: \(try text("service-err"))")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Ends the service; containers go on, as those of podman do.
    public func stop() {
        service.withLock { service in
            guard let running = service else { return }
            kill(running, SIGKILL)
            waitpid(running, nil, 0)
            service = nil
        }
        unlink(socket)
    }

    /// Ends everything and takes the folder away.
    public func end() {
        stop()
        do {
            let cleaner = try spawn(Self.podman, ["rm", "--force", "--all", "--time", "0"], "end")
            waitpid(cleaner, nil, 0)
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("left behind: \(folder): \(error)")
        }
    }

    private var isListening: Bool {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    // MARK: - Commands

    /// Asks podman itself, past the service.
    ///
    /// - Returns: what it wrote to its standard output.
    @discardableResult
    public func podman(_ arguments: [String]) async throws -> String { try await finish(Self.podman, arguments) }

    /// Runs another program to its end.
    @discardableResult
    public func run(_ words: [String]) async throws -> String { try await finish("\"$@\"", words) }

    private static let podman = #"exec podman --root "$0/root" --runroot "$0/run" --storage-driver=vfs "$@""#

    private func finish(_ script: String, _ arguments: [String]) async throws -> String {
        let log = "log-\(UInt32.random(in: 0...UInt32.max))"
        let child = try spawn(script, arguments, log)
        let status = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
        defer { for name in [log, "\(log)-err"] { unlink("\(folder)/\(name)") } }
        guard status == 0 else {
            throw Failure(description: "\(arguments): \(try text(log)) \(try text("\(log)-err"))")
        }
        return try text(log)
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    /// In a mount namespace of its own, where the unified hierarchy of control groups is not in the way.
    private func spawn(_ script: String, _ arguments: [String], _ log: String) throws -> pid_t {
        let whole = """
            umount /sys/fs/cgroup/unified 2>/dev/null
            exec >"$0/\(log)" 2>"$0/\(log)-err" </dev/null
            \(script)
            """
        let words = ["unshare", "-m", "sh", "-c", whole, folder] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let environment = ProcessInfo.processInfo.environment.merging(["CONTAINERS_CONF": "\(folder)/c"]) { $1 }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in pointers + variables { free(pointer) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of tasks block signals, and the containers' programs would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process = pid_t()
        let failure = posix_spawnp(&process, "unshare", nil, &attributes, &pointers, &variables)
        guard failure == 0 else {
            throw Failure(description: "unshare cannot be started: \(String(cString: strerror(failure)))")
        }
        return process
    }

    /// For a machine without control groups and network namespaces of its own, such as a container.
    private static let configuration = """
        [containers]
        cgroups="disabled"
        netns="host"
        cgroupns="host"
        log_driver="k8s-file"
        default_ulimits=["nofile=1024:1024","nproc=4096:4096"]
        [engine]
        runtime="crun"
        events_logger="file"
        cgroup_manager="cgroupfs"
        """
}
