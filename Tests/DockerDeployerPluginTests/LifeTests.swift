// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("A deployment's life in a real engine", .timeLimit(.minutes(5)))
struct LifeTests {
    @Test("create, status, logs, restart, destroy; every step twice changes nothing twice; nothing is left")
    func life() async throws {
        try await Bench.with { bench, request in
            let steps = try await bench.run(.create, request, twice: true)
            #expect(
                steps == [
                    "image", "volume-config", "volume-data", "volume-logs", "container", "files", "start", "ready",
                ]
            )
            let first = try await bench.inspect()
            let status = try await bench.status(request)
            #expect(status.condition == .running, "\(status)")
            #expect(status.drift == [])
            #expect(status.version == "1")
            #expect(status.checks.allSatisfy { $0.status == .ok })
            #expect(Set(status.resources.map(\.kind)) == ["container", "volume", "image"])

            let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 1])
            #expect(logs.lines.count == 1)
            #expect(logs.lines.first?.contains("Frontend is ready") == true)
            #expect(logs.isCut)

            try await bench.run(.restart, request, twice: true)
            let second = try await bench.inspect()
            #expect(second["Id"] == first["Id"])
            #expect(second["State"]?["StartedAt"] != first["State"]?["StartedAt"])
            let starts = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 100])
            #expect(starts.lines.filter { $0.contains("Starting gRPC") }.count == 2, "restarted once, not twice")

            try await bench.destroy(request, data: true, twice: true)
            #expect(try await bench.left() == [])
            #expect(try await bench.status(request).condition == .missing)
        }
    }

    @Test("the container has what was promised and no more")
    func restrictions() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let container = try await bench.inspect()
            let host = container["HostConfig"]
            #expect(host?["ReadonlyRootfs"] == true)
            #expect(host?["Privileged"] == false)
            #expect(host?["Memory"] == .integer(512 << 20))
            #expect(host?["NanoCpus"] == .integer(1_000_000_000))
            #expect(host?["RestartPolicy"]?["Name"] == "unless-stopped")
            #expect(host?["CapDrop"]?.arrayValue?.contains("SETUID") == true)
            #expect(container["Config"]?["User"] == "10001:10001")
            let labels = container["Config"]?["Labels"]
            #expect(request.deployment.labels.allSatisfy { labels?[$0.key]?.stringValue == $0.value })
            #expect(container["Mounts"]?.arrayValue?.allSatisfy { $0["Type"] == "volume" } == true)
        }
    }

    @Test("without being told, a removal keeps what was collected, and a new deployment finds it")
    func keepsData() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            try await bench.destroy(request, data: false)
            #expect(try await bench.left() == ["volume \(bench.container)-data", "volume \(bench.container)-logs"])
            try await bench.run(.create, request)
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("an update brings the new configuration; a changed limit replaces the container")
    func update() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let first = try await bench.inspect()
            var request = request
            let port = try FreePorts.take(1)[0]
            request.deployment.frontend.port = port
            try bench.writeConfig(port: port)
            #expect(try await bench.run(.update, request, twice: true) == ["files", "restart", "ready"])
            #expect(try await bench.inspect()["Id"] == first["Id"])
            #expect(try await bench.status(request).condition == .running)

            request.deployment.limits.memoryMB = 768
            #expect(try await bench.status(request).drift.contains { $0.contains("memory limit") })
            let steps = try await bench.run(.update, request, twice: true)
            #expect(steps == ["retire", "container", "files", "start", "ready"])
            let status = try await bench.status(request)
            #expect(status.condition == .running)
            #expect(status.drift == [])
        }
    }

    @Test("an upgrade keeps the former image, and a rollback goes back to it with the data")
    func upgradeAndRollback() async throws {
        try await Bench.with { bench, request in
            await #expect(throws: MegaraptorError.self) { _ = try await bench.plan(.upgrade, request) }
            try await bench.run(.create, request)
            let refused = await #expect(throws: MegaraptorError.self) { _ = try await bench.plan(.rollback, request) }
            #expect(refused?.code == .failedPrecondition)
            let first = try await bench.inspect()["Image"]
            var newer = request
            newer.deployment.binary = try bench.binary(version: "2")
            try await bench.run(.upgrade, newer, twice: true)
            #expect(try await bench.inspect()["Image"] != first)
            #expect(try await bench.status(newer).version == "2")
            #expect(try await bench.status(newer).drift == [])
            try await bench.run(.rollback, request, twice: true)
            #expect(try await bench.inspect()["Image"] == first)
            #expect(try await bench.status(request).condition == .running)
            // And forth again.
            try await bench.run(.rollback, newer)
            #expect(try await bench.inspect()["Image"] != first)
            try await bench.destroy(newer, data: true)
            #expect(try await bench.left() == [])
        }
    }
}
