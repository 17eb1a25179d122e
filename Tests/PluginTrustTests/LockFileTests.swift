// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import PluginTrust

@Suite("The lock file")
struct LockFileTests {
    private let plugin: TestPlugin

    init() throws {
        plugin = try TestPlugin()
    }

    @Test("A file that is not there holds no pin")
    func missing() throws {
        #expect(try LockFile(reading: plugin.lock).pins.isEmpty)
        try plugin.pin()
        #expect(try LockFile(reading: plugin.lock).pins[plugin.id]?["version"] == "1.0.0")
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
        try plugin.scratch.write(text + text.dropFirst("plugins:\n".count), to: "plugins.lock")
        let error = #expect(throws: MegaraptorError.self) { try LockFile(reading: plugin.lock) }
        #expect(error?.message.hasSuffix("plugins.lock:3:5: the plugin org.example.x is pinned twice") == true)
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
