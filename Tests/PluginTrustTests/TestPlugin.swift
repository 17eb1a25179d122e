// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Foundation
import JSONValue
import PluginManifest

@testable import PluginTrust

/// A plugin on disk that nobody opens, and a lock file for it.
struct TestPlugin {
    let scratch: ScratchFolder
    let id = "org.example.x"

    var folder: String { "\(scratch.path)/plugin" }
    var library: String { "\(folder)/libX.so" }
    var lock: String { "\(scratch.path)/plugins.lock" }

    init() throws {
        scratch = try ScratchFolder()
        try scratch.makeFolder("plugin")
        try write()
        try scratch.write("code", to: "plugin/libX.so")
        try scratch.write("Ask {{what}}.", to: "plugin/ask.md")
    }

    /// - Parameter more: members of the manifest, each followed by a comma.
    func write(
        id: String = "org.example.x",
        version: String = "1.0.0",
        description: String = "For tests.",
        _ more: String = "library: libX.so,"
    ) throws {
        try scratch.write(
            """
            {schema: 1, id: \(id), name: X, version: \(version), abi: 1, license: x, \(more)
             description: \(description), contributes: {prompts: [{name: ask, description: x, body_file: ask.md}]}}
            """,
            to: "plugin/plugin.yaml"
        )
    }

    var manifest: PluginManifest {
        get throws { try PluginManifest.read(folder: folder, libraryFolders: []) }
    }

    /// What a search finds in the scratch folder.
    var discovery: PluginSearch.Discovery {
        PluginSearch(explicit: [scratch.path], environment: ["HOME": scratch.path], executable: "/nonexistent/bin/x")
            .discover()
    }

    func policy(_ requirement: TrustPolicy.Requirement, signers: [String: String] = [:]) -> TrustPolicy {
        TrustPolicy(requirement, lock: lock, signers: signers, program: "/proc/self/exe")
    }

    /// Pins the plugin as it is.
    func pin() throws {
        let pin = try policy(.pinned).fingerprint(of: manifest).json
        try scratch.write("plugins:\n  - \(JSONValue.object(pin).json())\n", to: "plugins.lock")
    }

    /// Signs the plugin as it is.
    /// - Returns: the public key.
    @discardableResult
    func sign(with byte: UInt8 = 7) throws -> String {
        let secret = [UInt8](repeating: byte, count: 32)
        let fingerprint = try policy(.any).fingerprint(of: manifest)
        let key = Base64.encode(try Ed25519.publicKey(of: secret))
        let signature = Base64.encode(try Ed25519.sign(PluginSignature.text(of: fingerprint), secret: secret))
        let members =
            fingerprint.json.map { "\($0.key): \($0.value.json())" } + ["key: \(key)", "signature: \(signature)"]
        try scratch.write(members.joined(separator: "\n") + "\n", to: "plugin/plugin.sig")
        return key
    }
}
