// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

/// A real podman with its storage in a folder of its own, on a Unix socket.
///
/// One serves all tests that do not end it, because its start and the first image cost seconds.
final class PodmanEngine: @unchecked Sendable {
    static let shared = Task { () throws -> PodmanEngine in
        let engine = try await PodmanEngine()
        leftover = engine
        atexit { PodmanEngine.leftover?.end() }
        return engine
    }
    nonisolated(unsafe) private static var leftover: PodmanEngine?

    /// A small system with a shell and OpenSSL, for the server's stand-in.
    static let base = "localhost/mr-test-base:latest"

    let folder: URL
    private var process: pid_t = 0

    var socket: String { folder.appendingPathComponent("s").path }
    var address: String { "unix://\(socket)" }

    init() async throws {
        // Short, because a socket's path has at most 107 bytes.
        folder = URL(fileURLWithPath: "/tmp/mr-pod-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Self.configuration.write(to: folder.appendingPathComponent("c"), atomically: true, encoding: .utf8)
        try await start()
        let image = try BaseImage.archive(in: folder)
        try await send("POST", "/images/create?fromSrc=-&repo=localhost%2Fmr-test-base", image, "application/x-tar")
    }

    func start() async throws {
        process = try spawn(["system", "service", "--time=0", address], log: "log")
        let client = HTTPClient(unixSocket: socket)
        let end = ContinuousClock.now + .seconds(30)
        while (try? await client.send(HTTPRequest("GET", "http://engine/_ping")))?.status != 200 {
            guard ContinuousClock.now < end else {
                let log = try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)
                throw MegaraptorError(.internal, "podman does not start: \(log ?? "")")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Ends the service; containers go on, as those of a podman do.
    func stop() {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        try? FileManager.default.removeItem(atPath: socket)
    }

    func end() {
        stop()
        if let cleaner = try? spawn(["rm", "--force", "--all", "--time", "0"], log: "end") { waitpid(cleaner, nil, 0) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Asks podman itself, past the deployer.
    @discardableResult
    func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8]? = nil,
        _ type: String = "application/json"
    ) async throws -> JSONValue {
        var request = HTTPRequest(method, "http://engine/v1.41\(path)", headers: ["Content-Type": type])
        if let body { request.body = .bytes(body) }
        let response = try await HTTPClient(unixSocket: socket).send(request)
        try #require(response.isSuccess || response.status == 304, "\(method) \(path): \(response.text)")
        return (try? JSONValue(json: response.body)) ?? .null
    }

    /// All that carries a label, in words.
    func labelled(_ label: String, _ value: String) async throws -> [String] {
        let filter = "filters=" + Engine.escaped(#"{"label":["\#(label)=\#(value)"]}"#)
        var found: [String] = []
        for container in try await send("GET", "/containers/json?all=1&\(filter)").arrayValue ?? [] {
            found.append("container \(container["Names"]?.arrayValue?.first?.stringValue ?? "")")
        }
        for volume in try await send("GET", "/volumes?\(filter)")["Volumes"]?.arrayValue ?? [] {
            found.append("volume \(volume["Name"]?.stringValue ?? "")")
        }
        for network in try await send("GET", "/networks?\(filter)").arrayValue ?? [] {
            found.append("network \(network["Name"]?.stringValue ?? "")")
        }
        let engine = Engine(
            address: .unix(path: socket),
            client: HTTPClient(unixSocket: socket),
            base: "http://engine/v1.41",
            apiVersion: APIVersion(1, 41)
        )
        for image in try await engine.images(labelled: label, value) {
            found.append("image \(image["RepoTags"]?.arrayValue?.first?.stringValue ?? "")")
        }
        return found.sorted()
    }

    // MARK: - The process

    /// In a mount namespace of its own, where the unified hierarchy of control groups is not in the way.
    private func spawn(_ arguments: [String], log: String) throws -> pid_t {
        let script = """
            umount /sys/fs/cgroup/unified 2>/dev/null
            exec podman --root "$0/root" --runroot "$0/run" --storage-driver=vfs "$@" >"$0/\(log)" 2>&1 </dev/null
            """
        let words = ["unshare", "-m", "sh", "-c", script, folder.path] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let environment = ProcessInfo.processInfo.environment.merging(
            ["CONTAINERS_CONF": folder.appendingPathComponent("c").path]
        ) { $1 }
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
