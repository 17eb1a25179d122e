// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@testable import PluginTrust

@Suite("Trust policies")
struct TrustPolicyTests {
    private let plugin: TestPlugin

    init() throws {
        plugin = try TestPlugin()
    }

    /// How a plugin stands with each policy: the level, or a word of the refusal.
    private struct Case: CustomTestStringConvertible {
        var state: String
        var any: String
        var pinned: String
        var signed: String
        var testDescription: String { state }
    }

    private static let table = [
        Case(state: "new", any: "not checked", pinned: "is not trusted", signed: "is not signed"),
        Case(state: "pinned", any: "not checked", pinned: "pinned", signed: "is not signed"),
        Case(state: "signed", any: "not checked", pinned: "is not trusted", signed: "signed by us"),
        Case(state: "pinned signed", any: "not checked", pinned: "pinned", signed: "signed by us"),
        Case(state: "stranger", any: "not checked", pinned: "is not trusted", signed: "none of trust.signers"),
        Case(
            state: "pinned changed signed",
            any: "not checked",
            pinned: "manifest_sha256",
            signed: "manifest_sha256"
        ),
        Case(state: "pinned unsafe", any: "not checked", pinned: "by everybody", signed: "by everybody"),
        Case(state: "bundled", any: "not checked", pinned: "bundled", signed: "bundled"),
        Case(state: "bundled unsafe", any: "not checked", pinned: "by everybody", signed: "by everybody"),
    ]

    private func bring(_ plugin: TestPlugin, into state: String) throws -> [String: String] {
        var signers: [String: String] = [:]
        for word in state.split(separator: " ") {
            switch word {
            case "pinned": try plugin.pin()
            case "signed": signers["us"] = try plugin.sign()
            case "stranger":
                signers["us"] = try plugin.sign(with: 8)
                try plugin.sign(with: 9)
            case "changed": try plugin.write(description: "Changed.")
            case "unsafe": chmod(plugin.library, 0o666)
            default: break
            }
        }
        return signers
    }

    @Test("Each policy decides each case", arguments: table)
    private func decided(row: Case) throws {
        let signers = try bring(plugin, into: row.state)
        var manifest = try plugin.manifest
        manifest.isBundled = row.state.contains("bundled")
        for (requirement, expected) in [
            (TrustPolicy.Requirement.any, row.any), (.pinned, row.pinned), (.signed, row.signed),
        ] {
            let policy = plugin.policy(requirement, signers: signers)
            var listed: String
            do throws(MegaraptorError) {
                listed = "\(try policy.level(of: manifest))"
            } catch {
                listed = error.message
                // What is not offered is not opened either.
                #expect(throws: MegaraptorError.self) { try policy.admit(manifest, at: plugin.library) }
            }
            #expect(listed.contains(expected), "\(requirement): \(listed)")
        }
    }

    @Test("What is not trusted leaves the list, keeps its reason and its level")
    func applied() throws {
        var discovery = plugin.discovery
        let levels = plugin.policy(.pinned).apply(to: &discovery)
        #expect(discovery.manifests.isEmpty && discovery.refused.map(\.id) == [plugin.id])
        let error = try #require(discovery.problems.first)
        #expect(error.code == .permissionDenied)
        #expect(error.hint == "If you trust it as it is now: megaraptor-mcp plugins trust \(plugin.folder)")
        #expect(levels[plugin.id] == .untrusted(error))

        try plugin.pin()
        discovery = plugin.discovery
        #expect(plugin.policy(.pinned).apply(to: &discovery) == [plugin.id: .pinned])
        #expect(discovery.manifests.count == 1 && discovery.problems.isEmpty)
    }

    /// What somebody did to a plugin, and a word of what is said when it is to be opened.
    private static let tampering: [(String, word: String)] = [
        ("manifest", "manifest_sha256"), ("text", "manifest_sha256"), ("library", "sha256 is"),
        ("version", "manifest_sha256"), ("lock", "sha256 is"), ("lock mode", "can be changed by everybody"),
    ]

    @Test("Whatever is changed after a plugin was pinned, its library is not opened", arguments: tampering)
    func tampered(what: String, word: String) throws {
        try plugin.pin()
        let policy = plugin.policy(.pinned)
        let identity = try policy.admit(plugin.manifest, at: plugin.library)
        #expect(identity.sha256 == "5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b")
        switch what {
        case "manifest": try plugin.write(description: "Changed.")
        case "version": try plugin.write(version: "1.0.1")
        case "text": try plugin.scratch.write("Tell all.", to: "plugin/ask.md")
        case "library": try plugin.scratch.write("evil", to: "plugin/libX.so")
        case "lock":
            let lock = try String(contentsOfFile: plugin.lock, encoding: .utf8)
            try plugin.scratch.write(lock.replacing("5694d08a", with: "4694d08a"), to: "plugins.lock")
        default: chmod(plugin.lock, 0o666)
        }
        let error = #expect(throws: MegaraptorError.self) {
            try policy.admit(plugin.manifest, at: plugin.library)
        }
        #expect(error?.message.contains(word) == true, "\(error.debugDescription)")
        #expect(error?.code == .permissionDenied)
    }

    @Test("A library other than the one its manifest names is refused whatever the policy is")
    func accident() throws {
        try plugin.write("library: libX.so, sha256: '\(String(repeating: "0", count: 64))',")
        let error = #expect(throws: MegaraptorError.self) {
            try plugin.policy(.any).admit(plugin.manifest, at: plugin.library)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("is not the one its manifest names") == true)
    }

    @Test("A link is followed only where nothing is asked for")
    func linkedLibrary() throws {
        let elsewhere = try plugin.scratch.write("code", to: "elsewhere.so")
        unlink(plugin.library)
        symlink(elsewhere, plugin.library)
        #expect(try plugin.policy(.any).admit(plugin.manifest, at: plugin.library).size == 4)
        let error = #expect(throws: MegaraptorError.self) { try plugin.policy(.pinned).level(of: plugin.manifest) }
        #expect(error?.message.contains("is a link to \(elsewhere)") == true)
    }

    @Test("Listing reads no library, not even for a signature")
    func listingReadsNothing() throws {
        try plugin.pin()
        let key = try plugin.sign()
        // A terabyte that takes no room: reading it would take longer than any test may.
        #expect(truncate(plugin.library, 1 << 40) == 0)
        #expect(try plugin.policy(.pinned).level(of: plugin.manifest) == .pinned)
        #expect(try plugin.policy(.signed, signers: ["us": key]).level(of: plugin.manifest) == .signed(by: "us"))
    }

    @Test("A pipe in a library's place is refused at once")
    func pipe() throws {
        let manifest = try plugin.manifest
        unlink(plugin.library)
        #expect(mkfifo(plugin.library, 0o644) == 0)
        #expect(throws: MegaraptorError.self) { try plugin.policy(.any).admit(manifest, at: plugin.library) }
        #expect(throws: MegaraptorError.self) { try plugin.policy(.pinned).admit(manifest, at: plugin.library) }
    }

    @Test("A manifest without a library is pinned by itself and its texts")
    func manifestAlone() throws {
        try plugin.write("")
        try plugin.pin()
        #expect(try LockFile(reading: plugin.lock).pins[plugin.id].map { $0["sha256"] == nil } == true)
        #expect(try plugin.policy(.pinned).level(of: plugin.manifest) == .pinned)
        try plugin.scratch.write("Tell all.", to: "plugin/ask.md")
        #expect(throws: MegaraptorError.self) { try plugin.policy(.pinned).level(of: plugin.manifest) }
        chmod("\(plugin.folder)/ask.md", 0o666)
        let error = #expect(throws: MegaraptorError.self) {
            try plugin.policy(.pinned).fingerprint(of: plugin.manifest)
        }
        #expect(error?.hint == "Mend it: chmod go-w \(plugin.folder)/ask.md")
    }

    @Test("What a manifest names beside it belongs to it; what its schemas speak of does not")
    func files() throws {
        let schema = "{type: object, examples: [{key_file: elsewhere.txt}]}"
        let tool = "{name: t, description: x, toolset: s, input_schema: \(schema)}"
        let text = """
            {schema: 1, id: org.example.x, name: X, version: 1.0.0, abi: 1, license: x, description: x,
             library: libX.so, contributes: {toolsets: [{name: s, description: x}], tools: [\(tool)],
                                             prompts: [{name: ask, description: x, body_file: ask.md}]}}
            """
        try plugin.scratch.write(text, to: "plugin/plugin.yaml")
        var manifest = try plugin.manifest
        #expect(manifest.fileNames == ["plugin.yaml", "ask.md"])
        // A tool without code may lie in a file too.
        manifest.contributesJSON = ["tools": [["name": "t", "run": ["vql": ["query_file": "t.vql"]]]]]
        #expect(manifest.fileNames == ["plugin.yaml", "t.vql"])
    }
}
