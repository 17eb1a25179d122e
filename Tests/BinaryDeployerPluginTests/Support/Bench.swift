// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import SSHTestbed

@testable import BinaryDeployerPlugin

/// One deployment in a test: a machine with a place for it, its files on this side, and the plugin as the core asks it.
final class Bench {
    /// How the machine is reached.
    enum Way: CaseIterable {
        case ssh
        case localhost
    }

    /// Which user the machine has.
    enum User {
        case root
        case weak
        case guarded
    }

    private static let identity = Result {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Test CA")).issueIdentity(
            CertificateRequest(
                subject: DistinguishedName(commonName: "VelociraptorServer"),
                dnsNames: ["VelociraptorServer"]
            )
        )
    }

    let plugin: PluginUnderTest
    let machine: FakeMachine
    let server: SSHTestServer?
    /// On the machine: everything of the deployment goes below it.
    let place: URL
    let id: String
    var service: String { "mr-\(id.suffix(12))" }
    var unit: URL { machine.units.appending(path: "\(service).service") }

    /// Runs a test and takes away all that it made, however it ends.
    static func with(
        _ way: Way,
        _ user: User = .root,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Bench, DeploymentRequest) async throws -> Void
    ) async throws {
        let bench = try await Bench(way, user)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench, try bench.request()))
        } catch {
            result = .failure(error)
        }
        bench.end()
        try result.get()
    }

    private init(_ way: Way, _ user: User) async throws {
        machine = try FakeMachine.made.get()
        id = "vr-" + Hexadecimal.encode((0..<6).map { _ in UInt8.random(in: 0...255) })
        place = URL(filePath: "/dev/shm/mr-\(id)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        let path = [User.root: machine.path, .weak: machine.weakPath, .guarded: machine.guardedPath][user]
        server = way == .ssh ? try SSHTestServer(environment: ["PATH": path ?? ""]) : nil
        plugin = try await PluginUnderTest(
            BenchPlugin.self,
            host: FakeHost(secrets: ["ssh-sudo": "open sesame", "ssh-wrong": "open barley"])
        )
    }

    private func end() {
        machine.end("\(service).service")
        server?.stop()
        try? FileManager.default.removeItem(at: place)
    }

    // MARK: - Inputs

    func request() throws -> DeploymentRequest {
        let files = DeploymentSpecification.Files(
            folder: place.path,
            serverConfig: place.appending(path: "mine.yaml").path,
            caCertificate: place.appending(path: "ca.pem").path
        )
        let ports = try (0..<4).map { _ in Int(try SSHTestServer.freePort()) }
        let deployment = DeploymentSpecification(
            id: id,
            name: "test",
            profile: "minimal",
            limits: .init(memoryMB: 512, cpus: 1.5, logRetentionDays: 7),
            hostname: "velociraptor.example.org",
            frontend: .init(address: "127.0.0.1", port: ports[0]),
            gui: .init(address: "127.0.0.1", port: ports[1]),
            api: .init(address: "127.0.0.1", port: ports[2]),
            monitoringPort: ports[3],
            binary: try StandIn.binary(in: place),
            files: files,
            labels: ["org.megaraptor.deployment": id]
        )
        let request = DeploymentRequest(deployment: deployment, options: .object(options))
        try writeConfig(request)
        return request
    }

    private var options: JSONObject {
        var options: JSONObject = [
            "service_user": "root", "service_name": .string(service), "unit_folder": .string(machine.units.path),
            "binary_path": .string("\(place.path)/bin/server"), "config_folder": .string("\(place.path)/etc"),
            "datastore": .string("\(place.path)/data"), "log_folder": .string("\(place.path)/log"),
            "start_seconds": 60,
        ]
        guard let server else {
            options["target_host"] = "localhost"
            return options
        }
        options["target_host"] = "127.0.0.1"
        options["port"] = .integer(Int64(server.port))
        options["user"] = .string(server.user)
        options["key_file"] = .string(server.userKey)
        options["known_hosts"] = .string(server.knownHosts)
        return options
    }

    /// Writes the configuration as the core would; `more` makes it another one, or a bad one.
    func writeConfig(_ request: DeploymentRequest, _ more: JSONObject = [:]) throws {
        let (deployment, identity) = (request.deployment, try Self.identity.get())
        var config: JSONObject = [
            "Frontend": [
                "certificate": .string(try identity.certificate.pem()),
                "private_key": .string(try identity.key.pkcs1PEM()),
            ],
            "ports": .array(
                [deployment.frontend.port, deployment.gui.port, deployment.api.port, deployment.monitoringPort]
                    .map { .integer(Int64($0)) }
            ),
        ]
        for (name, value) in more { config[name] = value }
        try Data(JSONValue.object(config).jsonBytes()).write(to: URL(filePath: deployment.files.serverConfig))
    }
}

extension DeploymentRequest {
    func with(_ option: String, _ value: JSONValue) -> DeploymentRequest {
        var (copy, options) = (self, self.options.objectValue ?? [:])
        options[option] = value
        copy.options = .object(options)
        return copy
    }
}
