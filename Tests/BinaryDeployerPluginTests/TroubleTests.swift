// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import SSHTestbed
import Testing

@testable import BinaryDeployerPlugin

@Suite("What goes wrong on a machine", .timeLimit(.minutes(5)))
struct TroubleTests {
    private func failure(_ body: () async throws -> Void) async -> MegaraptorError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? MegaraptorError
        }
    }

    @Test("an unknown host key is told with its fingerprint, which is then taken; a wrong key is refused")
    func reaching() async throws {
        try await Bench.with(.ssh) { bench, request in
            let server = try #require(bench.server)
            let unknown = request.with("known_hosts", "/dev/null")
            let print = try server.fingerprint()
            #expect(try await bench.problems(unknown).contains { $0.message.contains(print) })
            let answer = try await bench.ask("usable", unknown)
            #expect(answer["usable"] == false)
            #expect(answer["reasons"]?.arrayValue?.first?.stringValue?.contains("host_key_fingerprint") == true)
            let given = unknown.with("host_key_fingerprint", .string(print))
            #expect(try await bench.problems(given).filter { $0.severity == .error } == [])
            let changed = request.with("known_hosts", .string(try server.makeContradictingHosts()))
            #expect(await failure { _ = try await bench.plan(.create, changed) }?.code == .unauthenticated)
            let stranger = request.with("key_file", .string(server.strangeKey))
            #expect(await failure { _ = try await bench.plan(.create, stranger) }?.code == .unauthenticated)
            #expect(try await bench.status(stranger).condition == .unknown)
            #expect(try bench.left() == [])
        }
    }

    @Test("without root and sudo nothing is begun")
    func noSudo() async throws {
        try await Bench.with(.ssh, .weak) { bench, request in
            let problem = try await bench.problems(request).first { $0.severity == .error }
            #expect(problem?.message.contains("sudo does not work without a password") == true)
            #expect(problem?.hint?.contains("sudo_password_secret") == true)
        }
    }

    @Test("sudo's password goes to its input and nowhere else; a wrong one is told")
    func sudoPassword() async throws {
        try await Bench.with(.ssh, .guarded) { bench, request in
            let wrong = request.with("sudo_password_secret", "ssh-wrong")
            #expect(await failure { _ = try await bench.plan(.create, wrong) }?.code == .permissionDenied)
            let right = request.with("sudo_password_secret", "ssh-sudo")
            try await bench.run(.create, right)
            #expect(try await bench.status(right).condition == .running)
            try await bench.destroy(right, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test("a full disk is called by its name, and the next try goes on", arguments: Bench.Way.allCases)
    func fullDisk(way: Bench.Way) async throws {
        try await Bench.with(way) { bench, request in
            let folder = bench.place.appending(path: "bin").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try SSHTestServer.output("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=8k", "none", folder])
            let plan = try await bench.plan(.create, request)
            let error = await failure {
                for step in Bench.steps(plan) { try await bench.apply(step, of: plan, .create, request) }
            }
            let rest = try FileManager.default.contentsOfDirectory(atPath: folder)
            try SSHTestServer.output("/usr/bin/umount", ["-l", folder])
            #expect(error?.code == .resourceExhausted, "\(String(describing: error))")
            #expect(error?.message.contains("the disk is full") == true)
            #expect(rest == [])
            for step in Bench.steps(plan) { try await bench.apply(step, of: plan, .create, request) }
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("a connection that is cut while the program is uploaded: recover tells what is there, and it goes on")
    func cut() async throws {
        try await Bench.with(.ssh) { bench, request in
            var request = request
            request.deployment.binary = try StandIn.binary(padding: 48 << 20, in: bench.place)
            let plan = try await bench.plan(.create, request)
            for step in ["marker", "account", "folders"] { try await bench.apply(step, of: plan, .create, request) }
            let host = bench.plugin.host
            let server = try #require(bench.server).serverID
            let cutter = Task {
                while !host.progress.contains(where: { $0.done > 1_000_000 }) {
                    try await Task.sleep(for: .milliseconds(2))
                }
                for session in SSHTestServer.children(of: server) { kill(session, SIGKILL) }
            }
            let error = await failure { try await bench.apply("program", of: plan, .create, request) }
            try await cutter.value
            #expect(error?.code == .unavailable, "\(String(describing: error))")
            let found = try await bench.ask(RecoveredState.self, "recover", request)
            #expect(found.done == ["marker", "account", "folders"])
            for step in Bench.steps(plan).dropFirst(3) { try await bench.apply(step, of: plan, .create, request) }
            #expect(try await bench.status(request).condition == .running)
            try await bench.destroy(request, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test(
        "what somebody else put there is a conflict and stays untouched",
        arguments: ["unit", "etc/server.config.yaml", "data/x"]
    )
    func foreign(path: String) async throws {
        try await Bench.with(.localhost) { bench, request in
            let file = path == "unit" ? bench.unit : bench.place.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            let plan = try await bench.plan(.create, request)
            try Data("theirs".utf8).write(to: file)
            #expect(try await bench.problems(request).contains { $0.message.contains("did not put it there") })
            #expect(await failure { _ = try await bench.plan(.create, request) }?.code == .conflict)
            #expect(await failure { try await bench.apply("marker", of: plan, .create, request) }?.code == .conflict)
            #expect(try await bench.destroy(request, data: true) == [])
            #expect(try String(contentsOf: file, encoding: .utf8) == "theirs")
        }
    }

    @Test("a second deployment on the same paths is a conflict")
    func second() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            var other = request
            other.deployment.id = "vr-000000000000"
            #expect(await failure { _ = try await bench.plan(.create, other) }?.code == .conflict)
            #expect(await failure { _ = try await bench.destroy(other, data: true) }?.code == .conflict)
            #expect(try await bench.problems(other).contains { $0.hint?.contains("instance") == true })
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("ports that are taken, and a program for another processor, are found before anything is done")
    func validation() async throws {
        try await Bench.with(.localhost) { bench, request in
            let blocker = try SilentListener()
            var busy = request
            busy.deployment.gui.port = Int(blocker.port)
            #expect(try await bench.problems(busy).contains { $0.field == "gui" && $0.severity == .error })
            var foreign = request
            foreign.deployment.binary?.architecture = "riscv64"
            #expect(try await bench.problems(foreign).contains { $0.message.contains("The program is for riscv64") })
            let hidden = request.with("datastore", "/home/x/data")
            #expect(try await bench.problems(hidden).contains { $0.message.contains("hides that folder") })
            let nested = request.with("log_folder", .string("\(bench.place.path)/data/log"))
            #expect(try await bench.problems(nested).contains { $0.message.contains("lies within") })
        }
    }

    @Test("a configuration that the program refuses is not put in place, and its words are told")
    func refusedConfiguration() async throws {
        try await Bench.with(.localhost) { bench, request in
            try bench.writeConfig(request, ["broken": true])
            let error = await failure { _ = try await bench.run(.create, request) }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.cause?.contains("field broken not found") == true)
            #expect(try bench.left().contains { $0.contains("server.config.yaml") } == false)
            try bench.writeConfig(request)
            try await bench.run(.create, request)
            try bench.writeConfig(request, ["broken": true])
            #expect(await failure { _ = try await bench.run(.update, request) }?.code == .failedPrecondition)
            #expect(try await bench.status(request).condition == .running)
            #expect(try await bench.status(request).drift == [])
        }
    }

    @Test(
        "a server that runs without listening, or dies, is not ready, and its last lines are shown",
        arguments: ["silent", "dies"]
    )
    func neverListens(how: String) async throws {
        try await Bench.with(.localhost) { bench, request in
            try bench.writeConfig(request, [how: true])
            let request = request.with("start_seconds", 3)
            let error = await failure { _ = try await bench.run(.create, request) }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.hint.contains("address already in use") == true, "\(String(describing: error))")
            #expect(error?.details["log"]?.arrayValue?.isEmpty == false)
            #expect(try await bench.status(request).condition != .running)
            try await bench.destroy(request, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test("another server's certificate on our port is not ready")
    func otherCertificate() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            let config = "{\"Frontend\": {\"certificate\": \"-----BEGIN CERTIFICATE-----other\"}}"
            try Data(config.utf8).write(to: URL(filePath: request.deployment.files.serverConfig))
            let status = try await bench.status(request)
            #expect(status.condition == .degraded)
            #expect(status.summary.contains("another server's certificate"))
        }
    }

    @Test("an update whose server does not come up goes back by itself")
    func failedUpdate() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            let first = try bench.text("etc/server.config.yaml")
            try bench.writeConfig(request, ["silent": true])
            let error = await failure { _ = try await bench.run(.update, request.with("start_seconds", 5)) }
            #expect(
                error?.message.contains("was put back to the old configuration and is ready") == true,
                "\(String(describing: error))"
            )
            #expect(try bench.text("etc/server.config.yaml") == first)
            let status = try await bench.status(request)
            #expect(status.condition == .running)
            #expect(status.drift == [])
        }
    }

    @Test(
        "an upgrade to a program that does not come up goes back by itself; one that refuses the configuration is not begun"
    )
    func failedUpgrade() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            var silent = request.with("start_seconds", 5)
            silent.deployment.binary = try StandIn.binary("silent", in: bench.place)
            let error = await failure { _ = try await bench.run(.upgrade, silent) }
            #expect(
                error?.message.contains("was put back to the old program and is ready") == true,
                "\(String(describing: error))"
            )
            #expect(error?.hint.contains("address already in use") == true)
            let status = try await bench.status(request)
            #expect(status.condition == .running)
            #expect(status.version == "1")
            #expect(status.drift == [])
            let launches = bench.launches
            var picky = request
            picky.deployment.binary = try StandIn.binary("picky", in: bench.place)
            #expect(
                await failure { _ = try await bench.run(.upgrade, picky) }?.message.contains(
                    "refuses the configuration"
                ) == true
            )
            #expect(bench.launches == launches)
            #expect(try await bench.status(request).drift == [])
        }
    }

    @Test("what somebody changed by hand is told")
    func drift() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            try Data("changed".utf8).write(to: bench.unit)
            try FileManager.default.removeItem(at: bench.place.appending(path: "etc/server.config.yaml"))
            try FileManager.default.removeItem(at: bench.unit.appendingPathExtension("enabled"))
            let drift = try await bench.status(request).drift
            #expect(drift.contains("\(bench.unit.path) was changed by somebody else."))
            #expect(drift.contains("\(bench.place.path)/etc/server.config.yaml is missing."))
            #expect(drift.contains("\(bench.service).service is not enabled."))
            var other = request
            other.deployment.binary = try StandIn.binary("2", in: bench.place)
            #expect(try await bench.status(other).drift.contains { $0.contains("another program") })
        }
    }

    @Test("a removal leaves what others put into our folder, and says so")
    func foreignFileInFolder() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            try Data("theirs".utf8).write(to: bench.place.appending(path: "etc/note"))
            try await bench.destroy(request, data: true)
            #expect(try bench.left() == ["etc", "etc/note"])
        }
    }
}
