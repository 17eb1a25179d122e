// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@testable import PluginHost

@Suite("A plugin gets the secrets that its manifest names")
struct SecretServiceTests {
    private static let plugin = "org.megaraptor.fixture.bad"

    /// - Parameter patterns: what the manifest names.
    private func service(_ patterns: [String], _ read: @escaping PluginHost.ReadSecret) throws -> SecretService {
        let plugins = try FixturePlugins()
        var manifest = try plugins.file("")
        manifest.permissions.secrets = patterns
        let known = manifest
        return SecretService(manifest: { $0 == Self.plugin ? known : nil }, read: read, redactor: Redactor())
    }

    private static let value: PluginHost.ReadSecret = { name throws(MegaraptorError) in
        ("token", Array("value of \(name)".utf8))
    }

    @Test("By its name or a pattern, with its type", arguments: [["lab.db"], ["other", "lab.*"], ["*"], ["*.db"]])
    func allowed(patterns: [String]) throws {
        let answer = try service(patterns, Self.value).use("lab.db", by: Self.plugin)
        #expect(answer == ["value": "value of lab.db", "type": "token"])
    }

    @Test("Others are refused before the store is asked", arguments: [[], ["lab"], ["lab.*x"], ["LAB.db"], ["?ab.db"]])
    func refused(patterns: [String]) throws {
        let service = try service(patterns) { _ throws(MegaraptorError) in
            throw MegaraptorError(.internal, "the store was asked")
        }
        for plugin in [Self.plugin, "org.megaraptor.other"] {
            let error = #expect(throws: MegaraptorError.self) { try service.use("lab.db", by: plugin) }
            #expect(error?.code == .permissionDenied)
            #expect(
                error?.hint.contains("Add \"- lab.db\" under permissions: secrets:") == true,
                "\(String(describing: error))"
            )
        }
        #expect(!service.redactor.finds(in: "value of lab.db"))
    }

    @Test("What is wrong with the store arrives as it is")
    func faults() throws {
        let fault = MegaraptorError(.unauthenticated, "m", hint: "h", cause: "c", details: ["fault": "wrong_key"])
        let service = try service(["*"]) { _ throws(MegaraptorError) in throw fault }
        #expect(throws: fault) { try service.use("lab.db", by: Self.plugin) }
    }

    @Test("A value that is no text comes in base64, and says so")
    func bytes() throws {
        let answer = try service(["*"]) { _ throws(MegaraptorError) in ("ssh_key", [0xFF, 0, 1, 2]) }.use(
            "k",
            by: Self.plugin
        )
        #expect(answer == ["value": "/wABAg==", "base64": true, "type": "ssh_key"])
    }

    @Test("From the moment it is given it is taken out, over the parts of a result too")
    func parts() async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("PARTS")])
        #expect(try await test.call("tools/call").contains("\"in parts\""))
        test.host.redactor.add(Array("in parts".utf8), name: "p")
        #expect(try await test.call("tools/call") == "{\"content\":[{\"type\":\"text\",\"text\":\"[secret p]\"}]}")
    }

    @Test("A host without a store says so")
    func none() throws {
        let error = #expect(throws: MegaraptorError.self) { try PluginHost.noSecrets("x") }
        #expect(error?.code == .unsupported)
    }
}
