// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("What goes wrong in a real engine", .timeLimit(.minutes(5)))
struct TroubleTests {
    private func make(_ bench: Bench, _ path: String, _ body: JSONValue) async throws {
        try await bench.engine.send("POST", path, body.jsonBytes())
    }

    @Test("a configuration that the server refuses: the error has its exit code and its words")
    func brokenConfig() async throws {
        try await Bench.with { bench, request in
            try bench.writeConfig(port: request.deployment.frontend.port, head: "broken: true")
            let error = await #expect(throws: MegaraptorError.self) { try await bench.run(.create, request) }
            #expect(error?.cause?.contains("field broken not found") == true, "\(String(describing: error))")
            #expect(try await bench.status(request).condition != .running)
        }
    }

    @Test("a server behind another certificate is not ready")
    func wrongCertificate() async throws {
        try await Bench.with { bench, request in
            var request = request
            request.options = .object(request.options.objectValue?.merging("start_seconds", 5) ?? [:])
            let plan = try await bench.plan(.create, request)
            let other = try OtherAuthority.pem()
            try other.write(toFile: request.deployment.files.caCertificate, atomically: true, encoding: .utf8)
            for step in Bench.steps(plan).dropLast() { try await bench.apply(step, of: plan, .create, request) }
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply("ready", of: plan, .create, request)
            }
            #expect(error?.message.contains("not ready") == true, "\(String(describing: error))")
        }
    }

    @Test("a container of the same name that is not ours is a conflict, and stays untouched")
    func foreignContainer() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            try await make(
                bench,
                "/containers/create?name=\(bench.container)",
                [
                    "Image": .string(PodmanEngine.base), "Cmd": ["/bin/busybox", "true"],
                    "HostConfig": ["NetworkMode": "host"],
                ]
            )
            let before = try await bench.inspect()["Id"]
            for operation in ["plan", "recover"] {
                if operation == "plan" {
                    let error = await #expect(throws: MegaraptorError.self) {
                        _ = try await bench.plan(.create, request)
                    }
                    #expect(error?.code == .conflict)
                } else {
                    let found = try await bench.ask(RecoveredState.self, "recover", request)
                    #expect(found.state == nil)
                    #expect(found.message.contains("somebody else's"))
                }
            }
            for step in ["container", "files", "start"] {
                let error = await #expect(throws: MegaraptorError.self) {
                    try await bench.apply(step, of: plan, .create, request)
                }
                #expect(error?.code == .conflict, "\(step)")
            }
            let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
            #expect(problems.contains { $0["message"]?.stringValue?.contains(bench.container) == true })
            try await bench.destroy(request, data: true)
            #expect(try await bench.inspect()["Id"] == before)
            try await bench.engine.send("DELETE", "/containers/\(bench.container)?force=1")
        }
    }

    @Test("a volume of the same name that is not ours is a conflict, and survives a removal with data")
    func foreignVolume() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            let name = "\(bench.container)-data"
            try await make(bench, "/volumes/create", ["Name": .string(name), "Labels": ["other": "1"]])
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply("volume-data", of: plan, .create, request)
            }
            #expect(error?.code == .conflict)
            try await bench.destroy(request, data: true)
            #expect(try await bench.engine.send("GET", "/volumes/\(name)")["Name"] == .string(name))
            try await bench.engine.send("DELETE", "/volumes/\(name)")
        }
    }

    @Test("a busy port is found before anything is made")
    func busyPort() async throws {
        try await Bench.with { bench, request in
            #expect(try await bench.ask("validate", request)["problems"]?.arrayValue?.count == 1, "only the warning")
            let listener = try Listener(port: request.deployment.gui.port)
            let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
            #expect(problems.contains { $0["field"] == "gui" && $0["severity"] == "error" }, "\(problems)")
            #expect(listener.port == request.deployment.gui.port)
        }
    }

    @Test("an image that no registry has is an error of its step; nothing else was made")
    func missingImage() async throws {
        try await Bench.with { bench, request in
            var request = request
            request.options = [
                "engine": .string(bench.engine.address), "network_mode": "host",
                "image": .string("localhost:1/none@sha256:\(String(repeating: "a", count: 64))"),
            ]
            let plan = try await bench.plan(.create, request)
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply("image", of: plan, .create, request)
            }
            #expect([.unavailable, .notFound].contains(error?.code))
            #expect(try await bench.left() == [])
        }
    }

    @Test("a program that is not the one that was checked is not built in")
    func changedBinary() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            let path = try #require(request.deployment.binary?.path)
            try (StandIn.script() + "#").write(toFile: path, atomically: true, encoding: .utf8)
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply("image", of: plan, .create, request)
            }
            #expect(error?.message.contains("not the one that was checked") == true)
            #expect(try await bench.left() == [])
        }
    }

    @Test("a plan for other inputs does nothing")
    func otherPlan() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            #expect(try await bench.plan(.create, request) == plan)
            var other = request
            other.deployment.limits.memoryMB = 1024
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply("image", of: plan, .create, other)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("the state is lost: what is there is found by its labels, and a half-made deployment is finished")
    func recovery() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            var known: Set<String> = []
            for step in Bench.steps(plan) {
                try await bench.apply(step, of: plan, .create, request)
                known.insert(step)
                var lost = request
                lost.state = nil
                let found = try await bench.ask(RecoveredState.self, "recover", lost)
                // The start is followed by readiness at once, so that it may be seen early.
                #expect(Set(found.done).subtracting(["ready"]) == known.subtracting(["ready"]), "after \(step)")
                #expect(found.state != nil)
            }
            // From the beginning again: nothing is made a second time.
            let before = try await bench.inspect()
            try await bench.run(.create, request)
            #expect(try await bench.inspect()["State"] == before["State"])
        }
    }

    @Test("the engine ends in the middle: steps fail, the status is unknown, and later all goes on")
    func engineEnds() async throws {
        let engine = try await PodmanEngine()
        defer { engine.end() }
        try await Bench.with(engine) { bench, request in
            let plan = try await bench.plan(.create, request)
            let steps = Bench.steps(plan)
            for step in steps.prefix(5) { try await bench.apply(step, of: plan, .create, request) }
            engine.stop()
            let error = await #expect(throws: MegaraptorError.self) {
                try await bench.apply(steps[5], of: plan, .create, request)
            }
            #expect(error?.code == .unavailable)
            #expect(try await bench.status(request).condition == .unknown)
            let usable = try await bench.ask(Usability.self, "usable", request)
            #expect(!usable.usable)
            #expect(usable.reasons.first?.contains("no container engine at") == true)
            try await engine.start()
            #expect(try await bench.ask(RecoveredState.self, "recover", request).done.count == 5)
            for step in steps { try await bench.apply(step, of: plan, .create, request) }
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("drift is told: a container that somebody made anew with more rights")
    func drift() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let made = try await bench.inspect()
            try await bench.engine.send("DELETE", "/containers/\(bench.container)?force=1")
            let labels = made["Config"]?["Labels"] ?? [:]
            try await make(
                bench,
                "/containers/create?name=\(bench.container)",
                [
                    "Image": .string(PodmanEngine.base), "Cmd": ["/bin/busybox", "sleep", "1000"], "Labels": labels,
                    "HostConfig": ["NetworkMode": "host", "Privileged": true, "Binds": ["/tmp:/host"]],
                ]
            )
            let status = try await bench.status(request)
            #expect(status.condition == .stopped)
            for word in ["privileged", "image", "command", "user", "memory", "read-only", "/host", "volume"] {
                #expect(status.drift.contains { $0.contains(word) }, "\(word): \(status.drift)")
            }
        }
    }
}

extension JSONObject {
    fileprivate func merging(_ name: String, _ value: JSONValue) -> JSONObject {
        var copy = self
        copy[name] = value
        return copy
    }
}
