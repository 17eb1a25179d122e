// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import Testing

@Suite("A plugin keeps the secrets that its manifest says it may keep, and no others")
struct KeptSecretTests {
    typealias Isolation = PluginManifest.Isolation

    private let plugins: FixturePlugins
    private let secrets = SecretsInMemory(["fixture.mine": "theirs", "other": "others'"])

    init() throws { plugins = try FixturePlugins() }

    private func host(_ isolation: Isolation = .inProcess) throws -> HostUnderTest {
        HostUnderTest([try plugins.swift(isolation: isolation)], state: plugins.folder, secrets: secrets)
    }

    private func keep(
        _ what: String,
        _ name: String = "fixture.kept.key",
        _ value: String = "first value",
        on test: HostUnderTest
    ) async throws -> JSONValue {
        let arguments: JSONValue = ["what": .string(what), "name": .string(name), "value": .string(value)]
        let params: JSONValue = ["name": "keep", "arguments": arguments]
        return try JSONValue(json: try await test.call("tools/call", params, plugin: Asking.asker))
    }

    private static func text(_ result: JSONValue) -> String? {
        result["content"]?.arrayValue?.first?["text"]?.stringValue
    }

    @Test(
        "What it keeps it can use, and the value is taken out of what it says from then on",
        arguments: BrokerTests.isolations
    )
    func keeps(isolation: Isolation) async throws {
        let test = try host(isolation)
        #expect(Self.text(try await keep("put", on: test)) == "kept [secret fixture.kept.key]")
        #expect(secrets["fixture.kept.key"] == .init(type: "token", value: Array("first value".utf8)))
        #expect(Self.text(try await keep("use", on: test)) == "it has 11 bytes")
        #expect(test.host.redactor.redact("x first value y") == "x [secret fixture.kept.key] y")
    }

    @Test("What has the name already stays as it is, unless it is to be replaced", arguments: BrokerTests.isolations)
    func conflict(isolation: Isolation) async throws {
        let test = try host(isolation)
        _ = try await keep("put", on: test)
        let error = await #expect(throws: MegaraptorError.self) {
            try await keep("put", "fixture.kept.key", "second value", on: test)
        }
        #expect(error?.code == .conflict && error?.message.contains("fixture.kept.key") == true)
        #expect(secrets["fixture.kept.key"]?.value == Array("first value".utf8))
        _ = try await keep("replace", "fixture.kept.key", "second value", on: test)
        #expect(secrets["fixture.kept.key"]?.value == Array("second value".utf8))
        // What it was before may still lie somewhere.
        #expect(test.host.redactor.redact("first value, second value").contains("value") == false)
    }

    @Test("Other names are refused, even where it may use them", arguments: ["put", "replace", "delete"])
    func otherNames(what: String) async throws {
        let test = try host()
        for name in ["fixture.mine", "other", "fixture.kept", "Fixture.kept.key"] {
            let error = await #expect(throws: MegaraptorError.self) { try await keep(what, name, on: test) }
            #expect(error?.code == .permissionDenied, "\(name)")
            #expect(error?.hint.contains("Add \"- \(name)\" under permissions: keeps_secrets:") == true)
        }
        #expect(secrets.names == ["fixture.mine", "other"])
    }

    @Test("A list holds its own names alone, and no value", arguments: BrokerTests.isolations)
    func list(isolation: Isolation) async throws {
        let test = try host(isolation)
        #expect(try await keep("list", on: test)["structuredContent"]?["secrets"] == [])
        _ = try await keep("put", on: test)
        _ = try await keep("put", "fixture.kept.another", on: test)
        let listed = try await keep("list", on: test)["structuredContent"]?["secrets"]?.arrayValue ?? []
        #expect(listed.map { $0["name"] } == ["fixture.kept.another", "fixture.kept.key"])
        #expect(listed.allSatisfy { $0["type"] == "token" && $0["created"]?.stringValue?.isEmpty == false })
        #expect(listed.allSatisfy { $0["value"] == nil })
    }

    @Test("What is removed is gone, and cannot be removed again", arguments: BrokerTests.isolations)
    func removal(isolation: Isolation) async throws {
        let test = try host(isolation)
        _ = try await keep("put", on: test)
        #expect(Self.text(try await keep("delete", on: test)) == "removed")
        #expect(secrets.names == ["fixture.mine", "other"])
        let error = await #expect(throws: MegaraptorError.self) { try await keep("delete", on: test) }
        #expect(error?.code == .notFound)
    }

    @Test("Bytes that are no text are kept as they are")
    func bytes() async throws {
        let test = try host()
        let params: JSONValue = ["name": "fixture.kept.bytes", "type": "ssh_key", "value": "/wABAg==", "base64": true]
        #expect(try await test.answer("secrets/put", params, plugin: Asking.asker) == [:])
        #expect(secrets["fixture.kept.bytes"] == .init(type: "ssh_key", value: [0xFF, 0, 1, 2]))
        let broken: JSONValue = ["name": "fixture.kept.bytes", "value": "no base64!", "base64": true, "replace": true]
        let error = await #expect(throws: MegaraptorError.self) {
            try await test.answer("secrets/put", broken, plugin: Asking.asker)
        }
        #expect(error?.code == .invalidArgument && error?.message.contains("no base64") == false)
    }

    @Test("A host that keeps nothing says so")
    func nothing() async throws {
        let test = HostUnderTest([try plugins.swift()], state: plugins.folder)
        for what in ["put", "delete", "list"] {
            let error = await #expect(throws: MegaraptorError.self) { try await keep(what, on: test) }
            #expect(error?.code == .unsupported)
        }
    }
}
