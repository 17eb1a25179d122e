// SPDX-License-Identifier: Apache-2.0

import AWSClient
import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import MegaraptorPluginTesting
import Synchronization
import Testing
import XMLReading

@testable import AWSDeployerPlugin

/// The deployer with a test's own surroundings, as a plugin.
struct DeployerInTest: Plugin {
    static let identity = AWSDeployerPlugin.identity
    /// The environment that people would set, with keys that must show up nowhere.
    static let environment = AWSEnvironment([
        "AWS_ACCESS_KEY_ID": "AKIDNEVERSHOWN", "AWS_SECRET_ACCESS_KEY": "secret-never-shown",
        "AWS_SESSION_TOKEN": "token-never-shown", "AWS_EC2_METADATA_DISABLED": "true",
    ])
    private let attempts: Int

    init(host: HostServices) {
        attempts = 8
    }

    var providers: [Provider] {
        let clock = AWSClock(
            now: AWSClock.system.now,
            sleep: { _ in
                // A turn of the scheduler, so that a test sees what is waited for.
                try await Task.sleep(for: .milliseconds(1))
            },
            chance: { 0 }
        )
        let surroundings = Surroundings(
            environment: Self.environment,
            clock: clock,
            retries: RetryRules(attempts: attempts),
            pollInterval: .milliseconds(1)
        )
        return [AWSDeployer(surroundings).provider]
    }
}

/// One deployment in a test: its files on this machine, and the plugin as the core asks it.
final class Bench: Sendable {
    /// What must not show up anywhere but in Secrets Manager.
    static let secret = "MIIEsecretkeyofthefrontend"

    let cloud: Cloud
    let folder: URL
    let plugin: PluginUnderTest
    let id: String

    init() async throws {
        cloud = try await Cloud()
        id = "vr-" + Hexadecimal.encode((0..<6).map { _ in UInt8.random(in: 0...255) })
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-aws-\(id)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        plugin = try await PluginUnderTest(DeployerInTest.self)
        try writeConfig("1")
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path): \(error)") }
    }

    func writeConfig(_ version: String) throws {
        let text = "# \(version)\nFrontend:\n  private_key: |\n    \(Self.secret)\n"
        let path = folder.appendingPathComponent("server.config.yaml").path
        let made = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        try #require(made)
    }

    func request(_ options: JSONObject = [:], version: String = "0.77.2") -> DeploymentRequest {
        var all: JSONObject = [
            "region": "us-east-1", "endpoint_url": .string(cloud.url), "agent_ranges": ["203.0.113.0/24"],
        ]
        for (name, value) in options { all[name] = value }
        let deployment = DeploymentSpecification(
            id: id,
            name: "test",
            profile: "small",
            limits: .init(memoryMB: 2048, cpus: 2, logRetentionDays: 14, maxClients: 250),
            hostname: "vr.example.org",
            frontend: .init(address: "0.0.0.0", port: 8000),
            gui: .init(address: "127.0.0.1", port: 8889),
            api: .init(address: "127.0.0.1", port: 8001),
            binary: .init(
                path: "/nowhere",
                sha256: String(repeating: version == "0.77.2" ? "a" : "b", count: 64),
                version: version,
                architecture: "amd64"
            ),
            files: .init(
                folder: folder.path,
                serverConfig: folder.appendingPathComponent("server.config.yaml").path,
                caCertificate: folder.appendingPathComponent("ca.pem").path
            ),
            labels: ["org.megaraptor.deployment": id, "org.megaraptor.lineage": "0123456789abcdef"]
        )
        return DeploymentRequest(deployment: deployment, options: .object(all))
    }
}

extension Bench: AsksDeployer {
    static let deployer = "aws"

    var stack: String { "velociraptor-\(id)" }

    /// As the core does: the state of each step goes into the next.
    @discardableResult
    func go(_ operation: DeploymentOperation, _ request: inout DeploymentRequest, twice: Bool = true) async throws
        -> [String]
    {
        let plan = try await plan(operation, request)
        for step in Self.steps(plan) {
            for _ in 0..<(twice ? 2 : 1) {
                request.state = try await apply(step, of: plan, operation, request).state
            }
        }
        return Self.steps(plan)
    }

    func recover(_ request: DeploymentRequest) async throws -> RecoveredState {
        try await ask(RecoveredState.self, "recover", request)
    }

    /// An error of a request that must fail.
    func failure(_ body: () async throws -> Void) async throws -> MegaraptorError {
        try #require(await #expect(throws: MegaraptorError.self) { try await body() })
    }
}

// MARK: - What the machine or AWS would do by itself

extension Bench {
    func client() async throws -> AWSClient {
        try await AWSClient(
            AWSSettings(region: "us-east-1", endpoint: cloud.url, environment: DeployerInTest.environment)
        )
    }

    /// The network that every account has at first: moto makes what lies in it faster, and can delete it.
    func inDefaultNetwork(_ more: JSONObject = [:]) async throws -> JSONObject {
        let query: QueryParameters = ["Filter.1.Name": "default-for-az", "Filter.1.Value.1": "true"]
        let subnet = try #require(
            try await client().query(.ec2, "DescribeSubnets", query, .safe).list("subnetSet").first
        )
        var options = more
        options["subnet_id"] = .string(try #require(subnet.text("subnetId")))
        options["network_id"] = .string(try #require(subnet.text("vpcId")))
        return options
    }

    /// A stack or secret of the deployment's name that is somebody else's.
    func makeForeignStack() async throws {
        let template = #"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#
        let query: QueryParameters = ["StackName": stack, "TemplateBody": template]
        _ = try await client().query(.cloudFormation, "CreateStack", query, .unsafe)
    }

    func makeForeignSecret() async throws {
        let input: JSONObject = ["Name": "megaraptor/\(id)/server.config", "SecretString": "x"]
        _ = try await client().json(.secretsManager, "CreateSecret", input, .unsafe)
    }

    /// As the machine does when it boots.
    func attachVolume(_ request: DeploymentRequest) async throws {
        let client = try await client()
        let status = try await status(request)
        let volume = try #require(status.resources.first { $0.kind == "AWS::EC2::Volume" }?.id)
        let machines = try await Machines(client: client, tags: StackTags(request.deployment)).all()
        let machine = try #require(machines.first { $0.isRunning }?.id)
        let query: QueryParameters = ["VolumeId": volume, "InstanceId": machine, "Device": "/dev/sdf"]
        _ = try await client.query(.ec2, "AttachVolume", query, .unsafe)
    }

    /// As Data Lifecycle Manager does each night.
    func snapshot(_ found: RecoveredState) async throws {
        let volume = try #require(found.resources.first { $0.kind == "AWS::EC2::Volume" }?.id)
        var query: QueryParameters = ["VolumeId": volume, "TagSpecification.1.ResourceType": "snapshot"]
        query.list(
            "TagSpecification.1.Tag",
            of: request().deployment.labels.map { [("Key", $0.key), ("Value", $0.value)] }
        )
        _ = try await client().query(.ec2, "CreateSnapshot", query, .unsafe)
    }
}
