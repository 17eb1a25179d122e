// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import PluginTrust

@Suite("Signatures of plugins")
struct PluginSignatureTests {
    private let plugin: TestPlugin
    private let key: String

    init() throws {
        plugin = try TestPlugin()
        key = try plugin.sign()
    }

    private func signer() throws(MegaraptorError) -> String {
        do {
            let real = try plugin.policy(.any).fingerprint(of: plugin.manifest)
            return try PluginSignature(in: plugin.folder).signer(of: real, among: ["us": key])
        } catch let error as MegaraptorError {
            throw error
        } catch {
            throw MegaraptorError(.internal, "\(error)")
        }
    }

    private func edit(_ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: "\(plugin.folder)/plugin.sig", encoding: .utf8)
        #expect(text.contains(old))
        try plugin.scratch.write(text.replacing(old, with: new), to: "plugin/plugin.sig")
    }

    @Test("A signature names its signer")
    func good() throws {
        #expect(try signer() == "us")
    }

    @Test("The signed text never changes its form, or all signatures that were ever made would be void")
    func form() throws {
        let real = try plugin.policy(.any).fingerprint(of: plugin.manifest)
        let text = """
            megaraptor plugin signature 1
            id: org.example.x
            version: 1.0.0
            abi: 1
            sha256: 5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b
            manifest_sha256: \(real.manifest)

            """
        #expect(String(decoding: PluginSignature.text(of: real), as: UTF8.self) == text)
        try plugin.write("")
        let alone = try plugin.policy(.any).fingerprint(of: plugin.manifest)
        #expect(String(decoding: PluginSignature.text(of: alone), as: UTF8.self).contains("\nsha256: -\n"))
    }

    /// Each member as the signature states it, and as an attacker would have it.
    private static let members: [(String, change: String)] = [
        ("id", "id"), ("version", "version"), ("library", "sha256"), ("manifest", "manifest_sha256"),
    ]

    @Test("A signature is void when the plugin is another in any member", arguments: members)
    func bound(what: String, member: String) throws {
        switch what {
        case "id": try plugin.write(id: "org.example.y")
        case "version": try plugin.write(version: "1.0.1")
        case "library": try plugin.scratch.write("evil", to: "plugin/libX.so")
        default: try plugin.write(description: "Changed.")
        }
        let error = #expect(throws: MegaraptorError.self) { try signer() }
        #expect(error?.message.contains("is for another plugin or version") == true)
    }

    @Test(
        "A signature whose statements were edited to fit is void too",
        arguments: ["id", "version", "abi", "sha256", "manifest_sha256"]
    )
    func edited(member: String) throws {
        let signature = try PluginSignature(in: plugin.folder)
        var json = signature.fingerprint.json
        json[member] = member == "abi" ? 2 : .string(member.hasSuffix("256") ? String(repeating: "a", count: 64) : "9")
        // The plugin really is what is stated; only the signature was made for another.
        let real = PluginFingerprint(checked: json)
        let stated = try String(contentsOfFile: "\(plugin.folder)/plugin.sig", encoding: .utf8)
        let old = signature.fingerprint.json[member].map { $0.stringValue ?? $0.json() } ?? ""
        let new = json[member].map { $0.stringValue.map { "\"\($0)\"" } ?? $0.json() } ?? ""
        let lines = stated.split(separator: "\n").map { line in
            line.hasPrefix("\(member): ") ? "\(member): \(new)" : String(line)
        }
        #expect(stated.contains(old))
        try plugin.scratch.write(lines.joined(separator: "\n") + "\n", to: "plugin/plugin.sig")
        let error = #expect(throws: MegaraptorError.self) {
            try PluginSignature(in: plugin.folder).signer(of: real, among: ["us": key])
        }
        #expect(error?.message == "The signature of \(json["id"]?.stringValue ?? "") was not made by us.")
    }

    @Test("A library that was taken out of the statements voids the signature")
    func libraryLeftOut() throws {
        let stated = try String(contentsOfFile: "\(plugin.folder)/plugin.sig", encoding: .utf8)
        let lines = stated.split(separator: "\n").filter { !$0.hasPrefix("sha256: ") }
        try plugin.scratch.write(lines.joined(separator: "\n") + "\n", to: "plugin/plugin.sig")
        let error = #expect(throws: MegaraptorError.self) { try signer() }
        #expect(error?.message.contains("instead of missing") == true)
    }

    @Test("A stranger's key, put in the place of the signer's, changes nothing")
    func stranger() throws {
        try plugin.sign(with: 9)
        #expect(throws: MegaraptorError.self) { try signer() }
        let text = try String(contentsOfFile: "\(plugin.folder)/plugin.sig", encoding: .utf8)
        let theirs = try #require(text.split(separator: "\n").first { $0.hasPrefix("key: ") })
        try edit(String(theirs), "key: \(key)")
        let error = #expect(throws: MegaraptorError.self) { try signer() }
        #expect(error?.message.contains("was not made by us") == true)
    }

    @Test(
        "A file that is no signature is refused with its place",
        arguments: [("abi: 1", "abi: one"), ("key: ", "keys: "), ("signature: ", "signature: A")]
    )
    func misshapen(old: String, new: String) throws {
        try edit(old, new)
        let error = #expect(throws: MegaraptorError.self) { try signer() }
        #expect(error?.message.contains("plugin.sig:") == true, "\(error.debugDescription)")
    }
}
