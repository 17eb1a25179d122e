// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("What is asked of the engine")
struct ShapeTests {
    private static let digest = "example.org/velociraptor@sha256:\(String(repeating: "ab", count: 32))"

    private func deployment(frontend: Int = 8000, api: String = "127.0.0.1") -> DeploymentSpecification {
        DeploymentSpecification(
            id: "vr-0123456789ab",
            name: "Case 42",
            profile: "standard",
            limits: .init(memoryMB: 4096, cpus: 2, logRetentionDays: 30),
            hostname: "velociraptor.example.org",
            frontend: .init(address: "0.0.0.0", port: frontend),
            gui: .init(address: "127.0.0.1", port: 8889),
            api: .init(address: api, port: 8001),
            binary: .init(path: "/nowhere/velociraptor", sha256: String(repeating: "0", count: 64), version: "0.77.2"),
            files: .init(folder: "/f", serverConfig: "/f/server.config.yaml", caCertificate: "/f/ca.pem"),
            labels: ["org.megaraptor.deployment": "vr-0123456789ab", "org.megaraptor.lineage": "x"]
        )
    }

    private func shape(_ deployment: DeploymentSpecification, _ options: JSONValue = [:]) throws -> ContainerShape {
        ContainerShape(
            deployment: deployment,
            options: try DockerOptions(options),
            names: try ResourceNames(deployment),
            image: Self.digest
        )
    }

    @Test("in a network of its own the server binds everywhere, and only what is published is reached")
    func bridge() throws {
        let shape = try shape(deployment(frontend: 443))
        let layout = shape.ports.layout
        #expect(layout.frontend == .init(address: "0.0.0.0", port: 60_443))
        #expect(layout.api == .init(address: "0.0.0.0", port: 8001))
        #expect(layout.apiHostname == "127.0.0.1")
        #expect(layout.monitoring.address == "127.0.0.1")
        let host = try shape.body()["HostConfig"]
        #expect(host?["NetworkMode"] == "velociraptor-vr-0123456789ab")
        #expect(host?["PortBindings"]?["60443/tcp"] == [["HostIp": "0.0.0.0", "HostPort": "443"]])
        #expect(host?["PortBindings"]?["8889/tcp"] == [["HostIp": "127.0.0.1", "HostPort": "8889"]])
    }

    @Test("in the machine's network the server binds what is asked for, and nothing is published")
    func host() throws {
        let shape = try shape(deployment(api: "10.0.0.5"), ["network_mode": "host"])
        #expect(shape.ports.layout.gui == .init(address: "127.0.0.1", port: 8889))
        #expect(shape.ports.layout.apiHostname == "10.0.0.5")
        let body = try shape.body()
        #expect(body["HostConfig"]?["NetworkMode"] == "host")
        #expect(body["HostConfig"]?["PortBindings"] == nil)
        #expect(body["Hostname"] == nil)
    }

    @Test("the same inputs give the same fingerprint, and each input that matters another")
    func fingerprint() throws {
        let first = try shape(deployment()).fingerprint()
        #expect(try shape(deployment()).fingerprint() == first)
        var other = deployment()
        other.limits.memoryMB = 2048
        #expect(try shape(other).fingerprint() != first)
        #expect(try shape(deployment(frontend: 8100)).fingerprint() != first)
        #expect(try shape(deployment(), ["open_files": 4096]).fingerprint() != first)
        #expect(try shape(deployment(), ["network_mode": "none"]).fingerprint() != first)
    }

    @Test("an image must be pinned unless somebody says otherwise")
    func pinning() throws {
        #expect(ImageChoice.isPinned(Self.digest))
        for floating in [
            "velociraptor", "velociraptor:1", "v@sha256:abc", "v@md5:\(String(repeating: "a", count: 64))",
        ] {
            #expect(!ImageChoice.isPinned(floating))
            for field in ["image", "base_image"] {
                let options = try DockerOptions([(field, .string(floating))].json)
                let error = #expect(throws: MegaraptorError.self) { try ImageChoice(deployment(), options) }
                #expect(error?.code == .invalidArgument)
            }
        }
        let allowed = try DockerOptions(["image": "velociraptor:1", "allow_unpinned_image": true])
        #expect(try ImageChoice(deployment(), allowed) == .given("velociraptor:1"))
        var without = deployment()
        without.binary = nil
        #expect(throws: MegaraptorError.self) { try ImageChoice(without, try DockerOptions([:])) }
    }

    @Test("another program or another base is another image")
    func builtNames() throws {
        let plain = try ImageChoice(deployment(), try DockerOptions([:])).reference
        #expect(plain.hasPrefix("localhost/megaraptor/vr-0123456789ab:"))
        var newer = deployment()
        newer.binary?.sha256 = String(repeating: "1", count: 64)
        #expect(try ImageChoice(newer, try DockerOptions([:])).reference != plain)
        let based = try DockerOptions(["base_image": .string(Self.digest)])
        #expect(try ImageChoice(deployment(), based).reference != plain)
    }

    @Test(
        "an id that could mean something to the engine is refused",
        arguments: ["a/b", "../x", "A", "", "a b", "a?x=1"]
    )
    func badID(id: String) {
        var bad = deployment()
        bad.id = id
        #expect(throws: MegaraptorError.self) { try ResourceNames(bad) }
    }

    @Test("the compose file is the one that was agreed to, and holds no key")
    func compose() throws {
        let shape = try shape(deployment(), ["image": .string(Self.digest)])
        let text = ComposeFile(shape: shape, choice: .given(Self.digest)).text
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("compose.golden.yaml")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(text == (try String(contentsOf: golden, encoding: .utf8)))
    }

    @Test("frames of both streams become lines in their order; a text without frames stays")
    func frames() {
        let bytes: [UInt8] =
            [1, 0, 0, 0, 0, 0, 0, 4] + Array("one\n".utf8) + [2, 0, 0, 0, 0, 0, 0, 2] + Array("tw".utf8)
            + [2, 0, 0, 0, 0, 0, 0, 3] + Array("o\r\n".utf8)
        #expect(LogFrames.lines(bytes) == ["one", "two"])
        #expect(LogFrames.lines(Array("plain\ntext".utf8)) == ["plain", "text"])
        #expect(LogFrames.lines([1, 0, 0, 0, 0, 0, 0, 9, 0x61]) == ["a"])
        #expect(LogFrames.lines([]) == [])
    }

    @Test(
        "an engine's words count before its number",
        arguments: [
            (500, "driver failed: port is already allocated", MegaraptorError.Code.conflict),
            (500, "the container name \"x\" is already in use", .conflict), (404, "no such image", .notFound),
            (500, "write /x: no space left on device", .resourceExhausted), (403, "no", .permissionDenied),
            (500, "crun: something", .failedPrecondition), (400, "bad", .invalidArgument),
        ]
    )
    func faults(status: Int, words: String, code: MegaraptorError.Code) {
        #expect(EngineFault.meaning(status, words).0 == code)
    }
}

extension [(String, JSONValue)] {
    fileprivate var json: JSONValue { .object(JSONObject(self)) }
}
