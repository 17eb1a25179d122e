// SPDX-License-Identifier: Apache-2.0

import AzureClient
import AzureTestbed
import Cryptography
import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import MegaraptorPluginTesting
import Testing

@testable import AzureDeployerPlugin

/// The plugin, with an Azure that takes no time.
struct QuickAzurePlugin: Plugin {
    static let identity = AzureDeployerPlugin.identity

    init(host: HostServices) {}

    var providers: [Provider] {
        var deployer = AzureDeployer()
        deployer.pace = AzureDeployer.Pace(
            interval: .zero,
            retries: RetryPolicy(sleep: { _ in try Task.checkCancellation() })
        )
        return [deployer.provider]
    }
}

/// One deployment in a test: its files, an Azure of its own, and the plugin as the core asks it.
final class Bench: AsksDeployer, Sendable {
    static let deployer = "azure"
    /// What stands for the keys in the configuration: it may be nowhere but in the Key Vault.
    static let marker = "MARKER-OF-A-PRIVATE-KEY-d41d8cd98f"

    let azure: AzureTestbed
    let plugin: PluginUnderTest
    let folder: String
    let id: String

    /// Set once for all tests: the environment is the process's.
    private static let isSignedIn: Bool = {
        setenv("AZURE_TENANT_ID", AzureTestbed.tenant, 1)
        setenv("AZURE_CLIENT_ID", AzureTestbed.clientID, 1)
        setenv("AZURE_CLIENT_SECRET", AzureTestbed.secret, 1)
        return true
    }()

    /// - Parameter type: the plugin; as the host has it, it waits in earnest.
    static func with(
        _ options: JSONObject = [:],
        plugin type: any Plugin.Type = QuickAzurePlugin.self,
        _ body: (Bench, DeploymentRequest) async throws -> Void
    ) async throws {
        try #require(isSignedIn)
        let bench = try await Bench(type)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench, try bench.request(options)))
        } catch {
            result = .failure(error)
        }
        await bench.azure.stop()
        try? FileManager.default.removeItem(atPath: bench.folder)
        try result.get()
    }

    private init(_ type: any Plugin.Type) async throws {
        id = "vr-" + Hexadecimal.encode(Cryptography.randomBytes(6))
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-azure-\(id)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        azure = try AzureTestbed()
        plugin = try await PluginUnderTest(type)
    }

    // MARK: - Inputs

    func request(_ more: JSONObject = [:]) throws -> DeploymentRequest {
        var options: JSONObject = [
            "region": "westeurope", "subscription_id": .string(AzureTestbed.subscription),
            "authority_host": .string(azure.url), "management_endpoint": .string(azure.url),
            "agent_ranges": ["0.0.0.0/0"], "gui_ranges": ["198.51.100.0/24"],
        ]
        for (name, value) in more { options[name] = value }
        try writeConfig("one")
        let deployment = DeploymentSpecification(
            id: id,
            name: "test",
            profile: "small",
            limits: .init(memoryMB: 2048, cpus: 2, logRetentionDays: 14, maxClients: 250),
            hostname: "vr.example.org",
            frontend: .init(address: "0.0.0.0", port: 8000),
            gui: .init(address: "0.0.0.0", port: 8889),
            api: .init(address: "127.0.0.1", port: 8001),
            binary: Self.binary("0.77.1"),
            files: .init(
                folder: folder,
                serverConfig: "\(folder)/server.config.yaml",
                caCertificate: "\(folder)/ca.pem"
            ),
            labels: ["org.megaraptor.deployment": id, "org.megaraptor.lineage": "0123456789abcdef"]
        )
        return DeploymentRequest(deployment: deployment, options: .object(options))
    }

    static func binary(_ version: String) -> DeploymentSpecification.Binary {
        let digit = version.last.map(String.init) ?? "0"
        return .init(
            path: "/nowhere/velociraptor",
            sha256: String(repeating: digit, count: 64),
            version: version,
            architecture: "amd64"
        )
    }

    func writeConfig(_ text: String) throws {
        let path = "\(folder)/server.config.yaml"
        let body = "Frontend:\n  private_key: |\n    \(Self.marker)\n  note: \(text)\n"
        try body.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Lets others read the configuration.
    func openConfig() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644],
            ofItemAtPath: "\(folder)/server.config.yaml"
        )
    }

    // MARK: - What Azure has

    var name: String { "velociraptor-\(id)" }
    var group: String { "/subscriptions/\(AzureTestbed.subscription)/resourceGroups/\(name)" }
    var machine: String { "\(group)/providers/Microsoft.Compute/virtualMachines/\(name)" }
    var disk: String { "\(group)/providers/Microsoft.Compute/disks/\(name)-data" }
    var firewall: String { "\(group)/providers/Microsoft.Network/networkSecurityGroups/\(name)" }
    var secret: String { "\(group)/providers/Microsoft.KeyVault/vaults/\(id)/secrets/server-config" }
    var extensionID: String { "\(machine)/extensions/boot" }

    /// The types and names of what is left, sorted.
    var left: [String] {
        azure.resourceIDs.map { String($0.dropFirst("\(group)/providers/".count)) }
    }

    func sent(_ method: String, _ end: String) -> [RecordedRequest] {
        azure.requests.filter { $0.method == method && $0.path.hasSuffix(end) }
    }

    func fault(_ change: (inout Faults) -> Void) {
        var faults = Faults()
        change(&faults)
        azure.set(faults)
    }

    /// What validation finds, of that severity: the field and the message.
    func problems(
        _ request: DeploymentRequest,
        _ severity: DeploymentProblem.Severity = .error
    ) async throws -> [String] {
        let answer = try await ask("validate", request)
        let problems = try JSONValueDecoder().decode([DeploymentProblem].self, from: answer["problems"] ?? [])
        return problems.filter { $0.severity == severity }.map { "\($0.field ?? "-"): \($0.message)" }
    }

    func deploymentPlan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest
    ) async throws -> DeploymentPlan {
        try await ask(DeploymentPlan.self, "plan", request, ["operation": .string(operation.rawValue)])
    }

    /// The plan of a removal and its answer to each step.
    func removal(_ request: DeploymentRequest, data: Bool) async throws -> RemovalPlan {
        try await ask(RemovalPlan.self, "removal", request, ["delete_data": .bool(data)])
    }
}

extension DeploymentRequest {
    func with(binary version: String) -> DeploymentRequest {
        var copy = self
        copy.deployment.binary = Bench.binary(version)
        return copy
    }

    func with(_ options: JSONObject) -> DeploymentRequest {
        var copy = self
        var all = self.options.objectValue ?? [:]
        for (name, value) in options { all[name] = value }
        copy.options = .object(all)
        return copy
    }
}

extension DeployedStatus {
    func check(_ name: String) -> DeploymentCheck? { checks.first { $0.name == name } }
}

/// The error that a piece of work ends with.
func failure(_ work: () async throws -> Void) async -> MegaraptorError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? MegaraptorError
    }
}
