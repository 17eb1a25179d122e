// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import BinaryDeployerPlugin

@Suite("A deployment's life on a machine", .timeLimit(.minutes(5)))
struct LifeTests {
    @Test(
        "validate, create, status, logs, restart, destroy; every step twice; nothing is left",
        arguments: Bench.Way.allCases
    )
    func life(way: Bench.Way) async throws {
        try await Bench.with(way) { bench, request in
            #expect(try await bench.problems(request).filter { $0.severity == .error } == [])
            #expect(try bench.left() == [], "validation changes nothing")
            let steps = try await bench.run(.create, request, twice: true)
            #expect(
                steps == ["marker", "account", "folders", "program", "configuration", "unit", "start", "ready"]
            )
            #expect(bench.launches == 1)
            #expect(try bench.mode("etc/server.config.yaml") == 0o600)
            #expect(try bench.mode("etc/megaraptor.json") == 0o600)
            #expect(try bench.mode("etc") == 0o750)
            #expect(try bench.mode("data") == 0o700)
            #expect(try bench.mode("bin/server") == 0o755)

            let status = try await bench.status(request)
            #expect(status.condition == .running, "\(status)")
            #expect(status.drift == [])
            #expect(status.version == "1")
            #expect(status.checks.allSatisfy { $0.status == .ok }, "\(status.checks)")
            #expect(status.startedAt?.hasSuffix("Z") == true)

            let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 1])
            #expect(logs.lines.first?.contains("Frontend is ready") == true)
            #expect(logs.lines.count == 1)
            #expect(logs.isCut)

            try await bench.run(.restart, request, twice: true)
            #expect(bench.launches == 2, "restarted once, not twice")

            try await bench.destroy(request, data: true, twice: true)
            #expect(try bench.left() == [])
            #expect(try await bench.status(request).condition == .missing)
        }
    }

    @Test("without being told, a removal keeps what was collected, and a new deployment of the same id finds it")
    func keepsData() async throws {
        try await Bench.with(.localhost) { bench, request in
            try await bench.run(.create, request)
            let evidence = bench.place.appending(path: "data/evidence")
            try Data("found".utf8).write(to: evidence)
            try await bench.destroy(request, data: false, twice: true)
            #expect(try bench.left() == ["data", "data/evidence", "etc", "etc/megaraptor.json", "log"])
            #expect(try await bench.status(request).condition == .missing)
            try await bench.run(.create, request)
            #expect(try String(contentsOf: evidence, encoding: .utf8) == "found")
            try await bench.destroy(request, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test("an update brings the new configuration and keeps the old one beside it", arguments: Bench.Way.allCases)
    func update(way: Bench.Way) async throws {
        try await Bench.with(way) { bench, request in
            try await bench.run(.create, request)
            let first = try bench.text("etc/server.config.yaml")
            try bench.writeConfig(request, ["note": "second"])
            try await bench.run(.update, request, twice: true)
            #expect(try bench.text("etc/server.config.yaml").contains("second"))
            #expect(try bench.text("etc/server.config.yaml.previous") == first)
            #expect(bench.launches == 2)
            let status = try await bench.status(request)
            #expect(status.condition == .running)
            #expect(status.drift == [])
            try await bench.destroy(request, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test("an upgrade keeps the former program, and rollbacks go back and forth", arguments: Bench.Way.allCases)
    func upgradeAndRollback(way: Bench.Way) async throws {
        try await Bench.with(way) { bench, request in
            try await bench.run(.create, request)
            let refused = await #expect(throws: MegaraptorError.self) { _ = try await bench.plan(.rollback, request) }
            #expect(refused?.code == .failedPrecondition)
            var newer = request
            newer.deployment.binary = try StandIn.binary("2", in: bench.place)
            try await bench.run(.upgrade, newer, twice: true)
            #expect(try await bench.status(newer).version == "2")
            #expect(try await bench.status(newer).drift == [])
            try await bench.run(.rollback, request, twice: true)
            let back = try await bench.status(request)
            #expect(back.version == "1")
            #expect(back.condition == .running)
            #expect(back.drift == [])
            try await bench.run(.rollback, newer)
            #expect(try await bench.status(newer).version == "2")
            try await bench.destroy(newer, data: true)
            #expect(try bench.left() == [])
        }
    }

    @Test("an account is made and taken away again, and the server's files belong to it")
    func account() async throws {
        try await Bench.with(.localhost) { bench, request in
            let name = "mrtest\(bench.id.suffix(8))"
            let request = request.with("service_user", .string(name))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bench.place.path)
            do {
                let plan = try await bench.plan(.create, request)
                for step in Bench.steps(plan).dropLast(2) {
                    try await bench.apply(step, of: plan, .create, request)
                    try await bench.apply(step, of: plan, .create, request)
                }
                let facts = try FileManager.default.attributesOfItem(
                    atPath: "\(bench.place.path)/etc/server.config.yaml"
                )
                #expect(facts[.ownerAccountName] as? String == name)
            } catch {
                try await bench.destroy(request, data: true)
                throw error
            }
            #expect(getpwnam(name) != nil)
            try await bench.destroy(request, data: true)
            #expect(getpwnam(name) == nil)
            #expect(try bench.left() == [])
        }
    }

    @Test("the state that was lost is found again by the mark")
    func recover() async throws {
        try await Bench.with(.localhost) { bench, request in
            #expect(try await bench.ask(RecoveredState.self, "recover", request).state == nil)
            let plan = try await bench.plan(.create, request)
            let steps = Bench.steps(plan)
            for (index, step) in steps.enumerated() {
                try await bench.apply(step, of: plan, .create, request)
                let found = try await bench.ask(RecoveredState.self, "recover", request)
                #expect(Set(found.done).isSuperset(of: steps[...index]))
                #expect(found.state?["deployment"]?.stringValue == bench.id)
                #expect(found.resources.isEmpty == false)
            }
        }
    }
}
