// SPDX-License-Identifier: Apache-2.0

import Certificates
import Cryptography
import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

@testable import DockerDeployerPlugin

/// One deployment in a test: its files on this machine, and the plugin as the core asks it.
final class Bench: Sendable {
    private static let authority = Result {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Test CA"))
    }
    private static let server = Result {
        try authority.get().issueIdentity(
            CertificateRequest(
                subject: DistinguishedName(commonName: "VelociraptorServer"),
                dnsNames: ["VelociraptorServer"]
            )
        )
    }

    let engine: PodmanEngine
    let folder: URL
    let plugin: PluginUnderTest
    let id: String

    /// Runs a test and takes away all that it made, however it ends.
    static func with(
        _ engine: PodmanEngine? = nil,
        _ body: (Bench, DeploymentRequest) async throws -> Void
    ) async throws {
        let shared = try await PodmanEngine.shared.value
        let bench = try await Bench(engine ?? shared)
        let request = try bench.request()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench, request))
        } catch {
            result = .failure(error)
        }
        _ = try? await bench.destroy(request, data: true)
        try? FileManager.default.removeItem(at: bench.folder)
        try result.get()
    }

    private init(_ engine: PodmanEngine) async throws {
        self.engine = engine
        id = "vr-" + Hexadecimal.encode((0..<6).map { _ in UInt8.random(in: 0...255) })
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-docker-\(id)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        plugin = try await PluginUnderTest(DockerDeployerPlugin.self)
    }

    // MARK: - Inputs

    func request() throws -> DeploymentRequest {
        let ports = try FreePorts.take(3)
        let binary = try binary()
        let files = DeploymentSpecification.Files(
            folder: folder.path,
            serverConfig: folder.appendingPathComponent("server.config.yaml").path,
            caCertificate: folder.appendingPathComponent("ca.pem").path
        )
        try Self.authority.get().certificate.pem().write(toFile: files.caCertificate, atomically: true, encoding: .utf8)
        try writeConfig(port: ports[0])
        let deployment = DeploymentSpecification(
            id: id,
            name: "test",
            profile: "minimal",
            limits: .init(memoryMB: 512, cpus: 1, logRetentionDays: 7),
            hostname: "velociraptor.example.org",
            frontend: .init(address: "127.0.0.1", port: ports[0]),
            gui: .init(address: "127.0.0.1", port: ports[1]),
            api: .init(address: "127.0.0.1", port: ports[2]),
            binary: binary,
            files: files,
            labels: ["org.megaraptor.deployment": id, "org.megaraptor.lineage": "0123456789abcdef"]
        )
        return DeploymentRequest(
            deployment: deployment,
            options: [
                "engine": .string(engine.address), "network_mode": "host", "base_image": .string(PodmanEngine.base),
                "allow_unpinned_image": true, "open_files": 1024, "start_seconds": 20,
            ]
        )
    }

    func binary(version: String = "1") throws -> DeploymentSpecification.Binary {
        let path = folder.appendingPathComponent("velociraptor-\(version)").path
        let script = StandIn.script(version: version)
        try script.write(toFile: path, atomically: true, encoding: .utf8)
        let digest = Hexadecimal.encode(try SHA256.digest(Array(script.utf8)))
        return .init(path: path, sha256: digest, version: version)
    }

    func writeConfig(port: Int, head: String = "") throws {
        let server = try Self.server.get()
        func block(_ pem: String) -> String {
            pem.split(separator: "\n").map { "    \($0)\n" }.joined()
        }
        let text = """
            \(head)
            Frontend:
              bind_port: \(port)
              certificate: |
            \(block(try server.certificate.pem()))  private_key: |
            \(block(try server.key.pkcs1PEM()))
            """
        try text.write(
            to: folder.appendingPathComponent("server.config.yaml"),
            atomically: true,
            encoding: .utf8
        )
    }
}

extension Bench: AsksDeployer {
    static let deployer = "docker"

    var container: String { "velociraptor-\(id)" }

    /// What the engine itself tells of the container.
    func inspect() async throws -> JSONValue {
        try await engine.send("GET", "/containers/\(container)/json")
    }

    func left() async throws -> [String] {
        try await engine.labelled("org.megaraptor.deployment", id)
    }
}
