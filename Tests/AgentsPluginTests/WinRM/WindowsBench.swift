// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing
import WinRMTestbed

/// The plugin with Windows machines to roll out to, a deployment, and what that deployment's server says.
struct WindowsBench: Sendable {
    let bench: AgentsBench
    let machines: [WinRMEndpoint]
    let server = FakeServer()

    /// - Parameter behaviours: how each machine is broken.
    static func with(
        _ behaviours: [JSONObject] = [[:]],
        _ body: (WindowsBench) async throws -> Void
    ) async throws {
        var machines: [WinRMEndpoint] = []
        defer { for machine in machines { machine.end() } }
        for behaviour in behaviours { machines.append(try await WinRMEndpoint(behaviour: behaviour)) }
        let secrets = ["winrm-ada": WinRMEndpoint.password, "winrm-wrong": "open barley"]
        try await AgentsBench.with(secrets: secrets) { [machines] bench in
            let bench = WindowsBench(bench: bench, machines: machines)
            let server = bench.server
            bench.bench.answerQueries { _, arguments throws(MegaraptorError) in try server.answer(arguments) }
            try await body(bench)
        }
    }

    static func target(_ machine: WinRMEndpoint) -> String { "127.0.0.1:\(machine.port)" }

    /// - Parameter more: `null` takes one of the usual ones away.
    func arguments(_ more: JSONObject = [:]) throws -> JSONObject {
        let authorities = bench.folder.appending(path: "machines.pem")
        let certificates = try machines.map { try String(contentsOfFile: $0.certificate, encoding: .utf8) }
        try Data(certificates.joined().utf8).write(to: authorities)
        var arguments: JSONObject = [
            "targets": .array(machines.map { .string(Self.target($0)) }), "username": .string(WinRMEndpoint.user),
            "password_secret": "winrm-ada", "ca_file": .string(authorities.path), "program": try bench.installer(),
            "verify_seconds": 0,
        ]
        for (name, value) in more {
            if value == .null { arguments[name] = nil } else { arguments[name] = value }
        }
        return arguments
    }

    func deploy(_ more: JSONObject = [:]) async throws -> JSONValue {
        let answer = try await bench.call("deploy_agents_winrm", try arguments(more))
        #expect(!answer.json().contains(WinRMEndpoint.password))
        return answer
    }

    func remove(_ more: JSONObject = [:]) async throws -> JSONValue {
        var arguments = try arguments(more)
        for name in ["program", "verify_seconds"] { arguments[name] = nil }
        return try await bench.call("remove_agents_winrm", arguments)
    }

    func refusal(_ more: JSONObject) async throws -> MegaraptorError? {
        await bench.refusal("deploy_agents_winrm", try arguments(more))
    }

    /// All that is kept of rollouts.
    func state() throws -> String {
        let folder = bench.folder.appending(path: "agents/\(AgentsBench.deployment)/rollouts")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
    }
}

extension JSONValue {
    func host(_ machine: WinRMEndpoint) -> JSONValue { host(named: WindowsBench.target(machine)) }
    func status(_ machine: WinRMEndpoint) -> String? { host(machine)["status"]?.stringValue }
}
