// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Synchronization
import Testing

/// A real podman with its storage in a folder of its own, on a Unix socket, and the lab's system as its only image.
///
/// What is asked of it past the product goes through its own command, which knows nothing of the Docker API.
final class ContainerEngine: Sendable {
    /// Engines that tests share are ended with the process.
    private static let shared = Mutex<[ContainerEngine]>([])

    /// One that serves a whole suite, because its start and the image cost seconds.
    static func forSuite() -> Task<ContainerEngine, any Error> {
        Task {
            let engine = try await ContainerEngine()
            let isFirst = shared.withLock { engines in
                engines.append(engine)
                return engines.count == 1
            }
            if isFirst { atexit { ContainerEngine.shared.withLock { $0.forEach { $0.end() } } } }
            return engine
        }
    }

    let folder: String
    /// The image with the lab's libraries, by digest.
    let base: String
    /// The lab without what only debuggers read: it is copied for each deployment.
    let program: String
    private let service = Mutex<pid_t?>(nil)

    var socket: String { "\(folder)/s" }

    private init() async throws {
        // Short, because a socket's path has at most 107 bytes.
        folder = "/tmp/mr-e2e-\(UInt32.random(in: 0...UInt32.max))"
        program = "\(folder)/velociraptor"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try Self.configuration.write(toFile: "\(folder)/c", atomically: true, encoding: .utf8)
        let archive = "\(folder)/base.tar"
        _ = try await Self.run(folder, "\"$@\"", [Products.lab.path, "image", "--output", archive])
        _ = try await Self.run(folder, "\"$@\"", ["strip", "-o", program, Products.lab.path])
        let name = "localhost/megaraptor-lab-base"
        _ = try await Self.run(folder, Self.podman, ["import", "--quiet", archive, "\(name):latest"])
        try FileManager.default.removeItem(atPath: archive)
        let digest = try await Self.run(folder, Self.podman, ["image", "inspect", "--format", "{{.Digest}}", name])
        base = "\(name)@\(digest.trimmingCharacters(in: .whitespacesAndNewlines))"
        try await start()
    }

    // MARK: - The service

    func start() async throws {
        let child = try Self.spawn(
            folder,
            Self.podman,
            ["system", "service", "--time=0", "unix://\(socket)"],
            "service"
        )
        service.withLock { $0 = child }
        let end = ContinuousClock.now + .seconds(60)
        while true {
            if let connection = try? UnixSocket.connect(socket) {
                close(connection)
                return
            }
            guard ContinuousClock.now < end else {
                let log = try? String(contentsOfFile: "\(folder)/service", encoding: .utf8)
                throw MegaraptorError(.internal, "podman does not start: \(log ?? "")")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Ends the service; containers go on, as those of podman do.
    func stop() {
        service.withLock { service in
            guard let running = service else { return }
            kill(running, SIGKILL)
            waitpid(running, nil, 0)
            service = nil
        }
        unlink(socket)
    }

    private func end() {
        stop()
        let words = ["rm", "--force", "--all", "--time", "0"]
        if let cleaner = try? Self.spawn(folder, Self.podman, words, "end") { waitpid(cleaner, nil, 0) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: - Asking podman itself

    @discardableResult
    func podman(_ arguments: [String]) async throws -> String { try await Self.run(folder, Self.podman, arguments) }

    /// All that carries a deployment's label, in words: `container velociraptor-vr-…`.
    func labelled(_ deployment: String) async throws -> [String] {
        let filter = ["--filter", "label=org.megaraptor.deployment=\(deployment)", "--format"]
        var found: [String] = []
        for (kind, words, format) in [
            ("container", ["ps", "--all"], "{{.Names}}"), ("volume", ["volume", "ls"], "{{.Name}}"),
            ("network", ["network", "ls"], "{{.Name}}"), ("image", ["images"], "{{.Repository}}"),
        ] {
            let names = try await podman(words + filter + [format]).split(separator: "\n")
            found += names.map { "\(kind) \($0)" }
        }
        return found.sorted()
    }

    /// How many containers and volumes there are, whoever made them.
    func count() async throws -> (containers: Int, volumes: Int) {
        let containers = try await podman(["ps", "--all", "--quiet"]).split(separator: "\n").count
        return (containers, try await podman(["volume", "ls", "--quiet"]).split(separator: "\n").count)
    }

    // MARK: - Processes

    private static let podman = #"exec podman --root "$0/root" --runroot "$0/run" --storage-driver=vfs "$@""#

    /// Runs a script to its end.
    ///
    /// - Returns: what it wrote to its standard output.
    private static func run(_ folder: String, _ script: String, _ arguments: [String]) async throws -> String {
        let log = "log-\(UInt32.random(in: 0...UInt32.max))"
        let child = try spawn(folder, script, arguments, log)
        let status = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
        defer { for name in [log, "\(log)-err"] { unlink("\(folder)/\(name)") } }
        let words = try String(contentsOfFile: "\(folder)/\(log)", encoding: .utf8)
        let errors = try String(contentsOfFile: "\(folder)/\(log)-err", encoding: .utf8)
        try #require(status == 0, "\(arguments): \(words) \(errors)")
        return words
    }

    /// In a mount namespace of its own, where the unified hierarchy of control groups is not in the way.
    private static func spawn(
        _ folder: String,
        _ script: String,
        _ arguments: [String],
        _ log: String
    ) throws -> pid_t {
        let whole = """
            umount /sys/fs/cgroup/unified 2>/dev/null
            exec >"$0/\(log)" 2>"$0/\(log)-err" </dev/null
            \(script)
            """
        let words = ["unshare", "-m", "sh", "-c", whole, folder] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let environment = ProcessInfo.processInfo.environment.merging(["CONTAINERS_CONF": "\(folder)/c"]) { $1 }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in variables { free(pointer) } }
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
        try #require(failure == 0, "unshare cannot be started")
        return process
    }

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
