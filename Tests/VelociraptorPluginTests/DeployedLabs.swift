// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

/// Two servers: one that operations configure, with the most clients, and one of a deployment.
struct DeployedLabs: Sendable {
    @TaskLocal static var current: DeployedLabs?

    static let id = "vr-0123456789ab"
    static let other = "vr-ba9876543210"

    let configured: RunningLab
    let deployed: RunningLab
    /// Holds the host's data, a folder for each test.
    let folder: URL

    static let configuredClients = 20
    static let deployedClients = 12

    /// A plugin in a host of its own, whose data folder holds nothing yet.
    func installation(_ config: JSONValue? = nil) async throws -> Installation {
        let data = folder.appending(path: "data-\(UUID())")
        let settings = config ?? ["api_config": .string(configured.apiFile())]
        return try await Installation(data: data, config: settings)
    }

    /// A host's data folder and the plugin in that host.
    struct Installation: Sendable {
        let data: URL
        let host: FakeHost
        let plugin: PluginUnderTest

        init(data: URL, config: JSONValue) async throws {
            self.data = data
            try FileManager.default.createDirectory(
                at: data.appending(path: "deployments"),
                withIntermediateDirectories: true
            )
            host = FakeHost(config: config, paths: ["data": .string(data.path)])
            plugin = try await PluginUnderTest(VelociraptorPlugin.self, host: host)
        }

        func folder(_ id: String = DeployedLabs.id) -> URL { data.appending(path: "deployments/\(id)") }
        func file(_ id: String = DeployedLabs.id) -> URL { folder(id).appending(path: "api_client.yaml") }

        /// Makes a deployment's folder, with the API client file where one is given, as a deployment does: whole.
        func deploy(_ id: String = DeployedLabs.id, _ apiFile: String? = nil) throws {
            try FileManager.default.createDirectory(at: folder(id), withIntermediateDirectories: true)
            guard let apiFile else { return }
            let text = try Data(contentsOf: URL(filePath: apiFile))
            try text.write(to: file(id), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(id).path)
        }

        /// How many clients the server has that a call reaches.
        func clients(_ connection: String? = nil) async throws -> Int? {
            var arguments: JSONObject = ["limit": 100]
            arguments["connection"] = connection.map(JSONValue.string)
            let answer = try await plugin.call("list_clients", .object(arguments))
            return answer.structured?["row_count"]?.integerValue.map(Int.init)
        }

        func failure(_ tool: String, _ arguments: JSONValue) async -> MegaraptorError? {
            await #expect(throws: MegaraptorError.self) {
                _ = try await plugin.request("tools/call", ["name": .string(tool), "arguments": arguments])
            }
        }

        /// Asks the provider as the host's broker does.
        func ask(_ operation: String, _ arguments: JSONValue, readOnly: Bool = false) async throws -> JSONValue {
            try await plugin.request(
                "provider/\(operation)",
                [
                    "interface": "velociraptor.query/1", "provider": "velociraptor", "arguments": arguments,
                    "_meta": ["read_only": .bool(readOnly)],
                ]
            )
        }

        func refusal(
            _ operation: String,
            _ arguments: JSONValue,
            readOnly: Bool = false
        ) async -> MegaraptorError? {
            await #expect(throws: MegaraptorError.self) {
                _ = try await ask(operation, arguments, readOnly: readOnly)
            }
        }
    }
}

/// The suites that share the two laboratories.
@Suite("With a deployment's server", .serialized, InDeployedLabs(), .timeLimit(.minutes(3)))
enum DeploymentSuites {}

/// Runs a suite's tests with two laboratories.
struct InDeployedLabs: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deployed-labs-\(UUID())")
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
        }
        let configured = try await Lab.start(
            LabOptions(directory: folder.appending(path: "a").path, clients: DeployedLabs.configuredClients)
        )
        // The same keys under another port: making them takes longer than all the tests.
        let copy = folder.appending(path: "b")
        try FileManager.default.copyItem(at: URL(filePath: configured.directory), to: copy)
        let deployed = try await Lab.start(LabOptions(directory: copy.path, clients: DeployedLabs.deployedClients))
        let labs = DeployedLabs(configured: configured, deployed: deployed, folder: folder)
        do {
            try await DeployedLabs.$current.withValue(labs) { try await function() }
        } catch {
            await configured.stop()
            await deployed.stop()
            throw error
        }
        await configured.stop()
        await deployed.stop()
    }
}
