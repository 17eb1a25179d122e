// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import SSHTestbed
import Testing

/// The plugin with machines to roll out to, a deployment, and what that deployment's server says.
final class RolloutBench: Sendable {
    static let sudoPassword = "open sesame"

    let folder: URL
    let host: FakeHost
    let plugin: PluginUnderTest
    let server = FakeServer()
    let program: String

    static func with(
        isolation: isolated (any Actor)? = #isolation,
        _ users: [RemoteMachine.User] = [.root],
        _ body: (RolloutBench, [RemoteMachine]) async throws -> Void
    ) async throws {
        let machines = try users.map { try RemoteMachine($0) }
        defer { for machine in machines { machine.end() } }
        let bench = try await RolloutBench()
        defer { try? FileManager.default.removeItem(at: bench.folder) }
        try await body(bench, machines)
    }

    private init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rollouts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        program = try StandInAgent.program("1", in: folder)
        host = FakeHost(
            secrets: ["ssh-sudo": Self.sudoPassword, "ssh-wrong": "open barley"],
            paths: ["data": .string(folder.path)]
        )
        Self.provide(for: host, program, server)
        plugin = try await PluginUnderTest(RolloutPlugin.self, host: host)
    }

    private static func provide(for host: FakeHost, _ program: String, _ server: FakeServer) {
        host.provide("deployments", of: "deployment.enrolment/1") { _, arguments throws(MegaraptorError) in
            AgentsBench.enrolment(arguments, program: program)
        }
        host.provide("velociraptor", of: "velociraptor.query/1") { _, arguments throws(MegaraptorError) in
            try server.answer(arguments)
        }
    }

    /// The same host's data seen by another process.
    func another() async throws -> PluginUnderTest {
        let other = FakeHost(paths: ["data": .string(folder.path)])
        Self.provide(for: other, program, server)
        return try await PluginUnderTest(RolloutPlugin.self, host: other)
    }

    // MARK: - Calls

    /// Logs in as each test does that is not about logging in.
    func arguments(_ machines: [RemoteMachine], _ more: JSONObject = [:]) throws -> JSONObject {
        let lines = try machines.map { try String(contentsOfFile: $0.server.knownHosts, encoding: .utf8) }
        let hosts = folder.appending(path: "known_hosts")
        if !lines.isEmpty { try Data(lines.joined().utf8).write(to: hosts) }
        var arguments: JSONObject = [
            "deployment_id": .string(AgentsBench.deployment), "known_hosts": .string(hosts.path),
            "targets": .array(machines.map { .string($0.target) }), "verify_seconds": 0,
        ]
        if let first = machines.first {
            arguments["username"] = .string(first.server.user)
            arguments["key_path"] = .string(first.server.userKey)
        }
        for (name, value) in more { arguments[name] = value }
        return arguments
    }

    func deploy(_ machines: [RemoteMachine], _ more: JSONObject = [:]) async throws -> JSONValue {
        try await call("deploy_agents_ssh", try arguments(machines, more))
    }

    func remove(_ machines: [RemoteMachine], _ more: JSONObject = [:]) async throws -> JSONValue {
        var arguments = try arguments(machines, more)
        arguments["verify_seconds"] = nil
        return try await call("remove_agents", arguments)
    }

    func call(_ tool: String, _ arguments: JSONObject) async throws -> JSONValue {
        let answer = try await plugin.call(tool, .object(arguments))
        expectNoSecret(answer.json.json())
        return try #require(answer.structured, "\(answer.text)")
    }

    func rollouts(_ plugin: PluginUnderTest? = nil) async throws -> [JSONValue] {
        let answer = try await (plugin ?? self.plugin).call("list_agent_rollouts", [:])
        expectNoSecret(answer.json.json())
        return answer.structured?["rollouts"]?.arrayValue ?? []
    }

    /// The error that a call ends with.
    func refusal(_ body: () async throws -> JSONValue) async -> MegaraptorError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? MegaraptorError
        }
    }

    // MARK: - What is kept

    func expectNoSecret(_ text: String) {
        #expect(!text.contains(AgentsBench.nonce) && !text.contains(Self.sudoPassword))
    }

    var stateFolder: URL { folder.appending(path: "agents/\(AgentsBench.deployment)/rollouts") }

    /// All files of the rollouts, by name.
    func stateFiles() throws -> [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: stateFolder.path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: try names.map {
                ($0, try String(contentsOf: stateFolder.appending(path: $0), encoding: .utf8))
            }
        )
    }
}

extension JSONValue {
    /// Of a rollout: what became of a machine.
    func host(_ machine: RemoteMachine) -> JSONValue { host(named: machine.target) }

    func host(named target: String) -> JSONValue {
        for host in self["hosts"]?.arrayValue ?? [] where host["host"]?.stringValue == target { return host }
        return .null
    }

    func status(_ machine: RemoteMachine) -> String? { host(machine)["status"]?.stringValue }
}
