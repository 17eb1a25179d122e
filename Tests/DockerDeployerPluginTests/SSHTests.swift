// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import Foundation
import HTTPTransport
import JSONValue
import MegaraptorErrors
import SSHTestbed
import Testing

@testable import DockerDeployerPlugin

@Suite("An engine of another machine, by SSH", .timeLimit(.minutes(5)))
struct SSHTests {
    private func withServer(_ body: (SSHTestServer) async throws -> Void) async throws {
        try await SSHTestServer.with(extra: ["AllowStreamLocalForwarding yes"], body)
    }

    /// Neither a client nor a session of it is left.
    private func expectNothingLeft(_ server: SSHTestServer) async {
        #expect(Forwards.running(to: server).isEmpty)
        await Forwards.waitUntilReaped()
        while !server.sessions.isEmpty { await Task.yield() }
    }

    @Test("create, status, logs, destroy; no client is left")
    func life() async throws {
        try await withServer { server in
            try await Bench.with { bench, request in
                let request = request.reached(by: server.options(socket: bench.engine.socket))
                let usable = try await bench.ask(Usability.self, "usable", request)
                #expect(usable.usable, "\(usable.reasons)")
                try await bench.run(.create, request)
                let status = try await bench.status(request)
                #expect(status.condition == .running, "\(status)")
                #expect(status.drift == [])
                let ready = status.checks.first { $0.name == "frontend.ready" }
                #expect(ready?.message.contains("cannot be reached from this machine") == true)
                let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 1])
                #expect(logs.lines.first?.contains("Frontend is ready") == true)
                try await bench.destroy(request, data: true)
                #expect(try await bench.left() == [])
                #expect(try await bench.status(request).condition == .missing)
            }
            await expectNothingLeft(server)
        }
    }

    // MARK: - Refusals

    enum Refusal: CaseIterable {
        case unknownHost
        case changedHost
        case strangeKey
        case lockedKey
        case noKeyFile
        case noSocket
        case nobodyListens
    }

    private func options(_ refusal: Refusal, _ server: SSHTestServer) throws -> JSONObject {
        var options = server.options(socket: "/tmp/mr-no-engine/s")
        switch refusal {
        case .unknownHost:
            let empty = server.folder.appending(path: "empty").path
            try Data().write(to: URL(filePath: empty))
            options["known_hosts"] = .string(empty)
        case .changedHost: options["known_hosts"] = .string(try server.makeContradictingHosts())
        case .strangeKey: options["ssh_key_file"] = .string(server.strangeKey)
        case .lockedKey: options["ssh_key_file"] = .string(server.lockedKey)
        case .noKeyFile: options["ssh_key_file"] = .string(server.userKey + "2")
        case .noSocket: break
        case .nobodyListens: options["engine"] = .string("ssh://127.0.0.1:\(try FreePorts.take(1)[0])/s")
        }
        return options
    }

    private func expected(_ refusal: Refusal) -> (code: MegaraptorError.Code, message: String, hint: String) {
        switch refusal {
        case .unknownHost: (.unauthenticated, "its host key is not known", "ssh-keyscan -p ")
        case .changedHost: (.unauthenticated, "not the one that is known", "Somebody may be in between")
        case .strangeKey: (.unauthenticated, "refuses the login", "takes the key")
        case .lockedKey: (.unauthenticated, "refuses the login", "no passphrase")
        case .noKeyFile: (.failedPrecondition, "cannot be read", "ssh_key_file")
        case .noSocket: (.unavailable, "cannot connect to /tmp/mr-no-engine/s", "AllowStreamLocalForwarding")
        case .nobodyListens: (.unavailable, "ssh ended", "by hand")
        }
    }

    @Test("who is not trusted, and what is not there, is told apart, with what to do", arguments: Refusal.allCases)
    func refusals(refusal: Refusal) async throws {
        try await withServer { server in
            let options = try options(refusal, server)
            let hosts = try options["known_hosts"]?.stringValue.map { try Data(contentsOf: URL(filePath: $0)) }
            let error = await #expect(throws: MegaraptorError.self) {
                try await Engine.with(try DockerOptions(.object(options))) { _ in }
            }
            let expected = expected(refusal)
            #expect(error?.code == expected.code, "\(String(describing: error))")
            #expect(error?.message.contains(expected.message) == true, "\(String(describing: error))")
            #expect(error?.hint.contains(expected.hint) == true, "\(String(describing: error))")
            let after = try options["known_hosts"]?.stringValue.map { try Data(contentsOf: URL(filePath: $0)) }
            #expect(hosts == after, "nobody is made known")
            await expectNothingLeft(server)
        }
    }

    @Test("a login that is refused leaves the status unknown, and the engine unusable with a reason")
    func refusedLogin() async throws {
        try await withServer { server in
            try await Bench.with { bench, request in
                var options = server.options(socket: bench.engine.socket)
                options["ssh_key_file"] = .string(server.strangeKey)
                let request = request.reached(by: options)
                #expect(try await bench.status(request).condition == .unknown)
                let usable = try await bench.ask(Usability.self, "usable", request)
                #expect(!usable.usable)
                #expect(usable.reasons.first?.contains("takes the key") == true)
                let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
                #expect(problems.contains { $0["field"] == "engine" && $0["severity"] == "error" })
            }
        }
    }

    @Test(
        "a path that ssh would read as more than a name is refused",
        arguments: ["relative", "/tmp/a b", "/tmp/%h", "/tmp/${HOME}", "/tmp/\"x", "~/key", ""]
    )
    func paths(path: String) {
        let key = #expect(throws: MegaraptorError.self) { try SSHFiles(key: path, knownHosts: nil) }
        #expect(key?.code == .invalidArgument)
        let hosts = #expect(throws: MegaraptorError.self) { try SSHFiles(key: nil, knownHosts: path) }
        #expect(hosts?.code == .invalidArgument)
    }

    // MARK: - What ends in the middle

    @Test(
        "the connection ends while it is used: that is an error, and the next question works",
        arguments: [true, false]
    )
    func connectionEnds(clientEnds: Bool) async throws {
        try await withServer { server in
            try await Bench.with { bench, request in
                let request = request.reached(by: server.options(socket: bench.engine.socket))
                let options = try DockerOptions(request.options)
                let error = await #expect(throws: MegaraptorError.self) {
                    try await Engine.with(options) { engine in
                        let stream = try await engine.client.open(HTTPRequest("GET", engine.url("/events")))
                        #expect(stream.head.status == 200)
                        let forwards = Forwards.running(to: server)
                        #expect(forwards.count == 1)
                        for id in clientEnds ? forwards.map(\.id) : server.sessions { kill(id, SIGKILL) }
                        for try await _ in stream.body {}
                    }
                }
                #expect(error?.code == .unavailable, "\(String(describing: error))")
                #expect(error?.message.hasPrefix("By ssh to 127.0.0.1: ") == true)
                await expectNothingLeft(server)
                #expect(try await bench.status(request).condition == .missing)
            }
            await expectNothingLeft(server)
        }
    }

    @Test("the SSH server ends in the middle: steps fail, the status is unknown, and by another all goes on")
    func serverEnds() async throws {
        try await withServer { other in
            try await Bench.with { bench, request in
                let server = try SSHTestServer()
                defer { server.stop() }
                // A server takes its files along, so that those of the other are used for both.
                let hosts = try [server, other].map { try String(contentsOfFile: $0.knownHosts, encoding: .utf8) }
                let path = bench.folder.appending(path: "known_hosts")
                try hosts.joined().write(to: path, atomically: true, encoding: .utf8)
                let files: JSONObject = ["ssh_key_file": .string(other.userKey), "known_hosts": .string(path.path)]
                let first = request.reached(by: server.options(socket: bench.engine.socket)).reached(by: files)
                let plan = try await bench.plan(.create, first)
                let steps = Bench.steps(plan)
                for step in steps.prefix(3) { try await bench.apply(step, of: plan, .create, first) }
                server.stop()
                let error = await #expect(throws: MegaraptorError.self) {
                    try await bench.apply(steps[3], of: plan, .create, first)
                }
                #expect(error?.code == .unavailable, "\(String(describing: error))")
                #expect(try await bench.status(first).condition == .unknown)

                let second = request.reached(by: other.options(socket: bench.engine.socket))
                #expect(try await bench.ask(RecoveredState.self, "recover", second).done.count == 3)
                try await bench.run(.create, second)
                #expect(try await bench.status(second).condition == .running)
            }
            await expectNothingLeft(other)
        }
    }
}
