// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Testing

@testable import PluginTrust

@Suite("The lock file")
struct LockFileTests {
    private let plugin: TestPlugin

    init() throws {
        plugin = try TestPlugin()
    }

    @Test("What is written is read again, and only this user may read it")
    func round() throws {
        var lock = try LockFile(reading: plugin.lock)
        #expect(lock[plugin.id] == nil)
        let pin = LockFile.Pin(try plugin.policy(.pinned).fingerprint(of: plugin.manifest), signer: "us")
        lock[plugin.id] = pin
        try lock.write()
        #expect(try LockFile(reading: plugin.lock)[plugin.id] == pin)
        #expect(FileStatus(plugin.lock, followsLinks: false).map { $0.mode & 0o7777 } == 0o600)
        lock[plugin.id] = nil
        try lock.write()
        #expect(try LockFile(reading: plugin.lock)[plugin.id] == nil)
    }

    @Test("It says what it is, and looks the same for the same pins")
    func text() throws {
        try plugin.pin()
        let manifest = try plugin.policy(.pinned).fingerprint(of: plugin.manifest).manifest
        // A digest may look like a number, or not: what it is written as depends on its digits.
        let text = try String(contentsOfFile: plugin.lock, encoding: .utf8).replacing("\"", with: "")
        #expect(
            text == """
                # Plugins that this host may open, each as it was when somebody trusted it.
                # Written by `megaraptor-mcp plugins trust ID`; `megaraptor-mcp plugins untrust ID` takes one out.
                # A plugin that is not as it stands here is refused.
                plugins:
                  - id: org.example.x
                    version: 1.0.0
                    abi: 1
                    sha256: 5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b
                    manifest_sha256: \(manifest)

                """
        )
    }

    @Test("The manifest's digest can be made with sha256sum")
    func digest() throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-ec", "cd '\(plugin.folder)'; sha256sum ask.md plugin.yaml | sha256sum"]
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(try plugin.policy(.any).fingerprint(of: plugin.manifest).manifest == output.prefix(64))
    }

    @Test(
        "What is wrong in it is refused with its place",
        arguments: [
            ("plugins: [", "plugins.lock:2:1"), ("plugin: []", "plugins.lock:1:1"),
            ("plugins:\n  - {id: a.b, version: x, abi: 1}", "plugins.lock:2:5"),
            ("plugins:\n  - {id: a.b, version: x, abi: 1, manifest_sha256: beef}", "plugins.lock:2:52"),
        ]
    )
    func wrong(text: String, place: String) throws {
        try plugin.scratch.write(text + "\n", to: "plugins.lock")
        let error = #expect(throws: MegaraptorError.self) { try LockFile(reading: plugin.lock) }
        #expect(error?.message.contains(place) == true, "\(error.debugDescription)")
    }

    @Test("A plugin that stands twice in it is refused with the second place")
    func twice() throws {
        try plugin.pin()
        let text = try String(contentsOfFile: plugin.lock, encoding: .utf8)
        let entry = text.split(separator: "plugins:\n")[1]
        try plugin.scratch.write(text + entry, to: "plugins.lock")
        let error = #expect(throws: MegaraptorError.self) { try LockFile(reading: plugin.lock) }
        #expect(error?.message.hasSuffix("plugins.lock:10:5: the plugin org.example.x is pinned twice") == true)
    }

    @Test("One that others can write to, or that is a link, is worth nothing")
    func unsafe() throws {
        try plugin.pin()
        chmod(plugin.lock, 0o620)
        let error = #expect(throws: MegaraptorError.self) { try LockFile(reading: plugin.lock) }
        #expect(error?.hint == "Mend it: chmod go-w \(plugin.lock)")
        chmod(plugin.lock, 0o600)
        rename(plugin.lock, plugin.lock + ".real")
        symlink(plugin.lock + ".real", plugin.lock)
        #expect(throws: MegaraptorError.self) { try LockFile(reading: plugin.lock) }
    }
}
