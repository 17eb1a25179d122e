// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust
import Testing

@Suite("Libraries that did not come with the host are first opened where they can break nothing")
struct ProbeTests {
    private static let id = "org.megaraptor.fixture.misdeeds"

    private let plugins: FixturePlugins

    init() throws {
        plugins = try FixturePlugins()
    }

    /// - Parameter inside: whether operations let the plugin run inside the host.
    private func test(_ manifest: PluginManifest, inside: Bool = false) -> HostUnderTest {
        HostUnderTest([manifest], lane: .process, state: plugins.folder) { workers in
            workers.patience = .milliseconds(500)
            workers.mayRunInProcess = { _ in inside }
        }
    }

    private func failure(_ test: HostUnderTest) async -> MegaraptorError? {
        await #expect(throws: MegaraptorError.self) { try await test.call("tools/call", plugin: Self.id) }
    }

    private static let faults = [
        ("CRASH", "SIGSEGV"), ("EXIT", "left by itself with status 0"), ("ACTIVATE", "SIGABRT"),
        ("HANG", "did not get ready in time"), ("SILENCE", "did not get ready in time"),
    ]

    @Test("One that breaks its process is put into quarantine and not opened again", arguments: faults, [true, false])
    func quarantine(fault: (name: String, words: String), inside: Bool) async throws {
        let manifest = try plugins.misdeeds(opening: fault.name, isolation: "in_process")
        let first = try #require(await failure(test(manifest, inside: inside)))
        #expect(first.code == .failedPrecondition && first.message.contains(fault.words), "\(first)")
        let second = try #require(await failure(test(manifest, inside: inside)))
        #expect(second.message.contains("in quarantine since") && second.message.contains(fault.words))
        #expect(second.hint.contains("plugins release \(Self.id)"))
        // A new library is a new chance.
        let mended = test(try plugins.misdeeds(isolation: "in_process"), inside: inside)
        #expect(try await mended.call("tools/call", plugin: Self.id) == #"{"content":[]}"#)
    }

    @Test("One that was released is tried again")
    func released() async throws {
        let manifest = try plugins.misdeeds(opening: "EXIT")
        _ = await failure(test(manifest))
        let folder = HostFolders(environment: ["HOME": plugins.folder.path]).quarantine
        #expect(try Quarantine(folder: folder).release(Self.id))
        let again = try #require(await failure(test(manifest)))
        #expect(!again.message.contains("in quarantine since") && again.message.contains("left by itself"))
    }

    @Test("A refusal in words is no reason for quarantine")
    func refusal() async throws {
        let test = HostUnderTest([try plugins.bad("REFUSES")], lane: .process, state: plugins.folder)
        for _ in 0..<2 {
            let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
            #expect(error?.message.contains("refused to start") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: plugins.folder.appending(path: ".local").path))
    }

    @Test(
        "Where a plugin runs is decided by where it comes from, what it asks for, and what operations allow",
        arguments: [
            (true, nil, false, .inProcess), (true, .process, true, .process), (false, nil, true, .process),
            (false, .inProcess, false, .process), (false, .inProcess, true, .inProcess),
        ] as [(Bool, PluginManifest.Isolation?, Bool, PluginManifest.Isolation)]
    )
    func lane(
        isBundled: Bool,
        asked: PluginManifest.Isolation?,
        isAllowed: Bool,
        expected: PluginManifest.Isolation
    ) throws {
        var manifest = try plugins.file("no library")
        manifest.isBundled = isBundled
        manifest.isolation = asked
        var settings = WorkerSettings()
        settings.mayRunInProcess = { _ in isAllowed }
        #expect(settings.isolation(of: manifest) == expected)
    }

    @Test("A plugin that operations let run inside the host does so once it has shown that it can be opened")
    func inside() async throws {
        let test = test(try plugins.misdeeds(isolation: "in_process"), inside: true)
        _ = try await test.call("tools/call", plugin: Self.id)
        #expect(test.host.status(of: Self.id)?.words == "inside the host")
    }
}
