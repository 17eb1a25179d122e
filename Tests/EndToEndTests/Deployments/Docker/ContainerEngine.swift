// SPDX-License-Identifier: Apache-2.0

import Foundation
import PodmanTestbed
import Synchronization

/// A real podman with the lab's system as its only image.
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

    private let service: PodmanService
    /// The image with the lab's libraries, by digest.
    let base: String
    /// The lab without what only debuggers read: it is copied for each deployment.
    let program: String

    var socket: String { service.socket }

    private init() async throws {
        service = try PodmanService()
        program = "\(service.folder)/velociraptor"
        let archive = "\(service.folder)/base.tar"
        try await service.run([Products.lab.path, "image", "--output", archive])
        try await service.run(["strip", "-o", program, Products.lab.path])
        let name = "localhost/megaraptor-lab-base"
        try await service.podman(["import", "--quiet", archive, "\(name):latest"])
        try FileManager.default.removeItem(atPath: archive)
        let digest = try await service.podman(["image", "inspect", "--format", "{{.Digest}}", name])
        base = "\(name)@\(digest.trimmingCharacters(in: .whitespacesAndNewlines))"
        try await start()
    }

    func start() async throws { try await service.start() }
    /// Ends the service; containers go on, as those of podman do.
    func stop() { service.stop() }
    private func end() { service.end() }

    // MARK: - Asking podman itself

    @discardableResult
    func podman(_ arguments: [String]) async throws -> String { try await service.podman(arguments) }

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
}
