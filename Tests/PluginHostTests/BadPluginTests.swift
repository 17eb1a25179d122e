// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Plugins that break the contract cost themselves a clear error, and the host goes on")
struct BadPluginTests {
    typealias Lane = HostUnderTest.Lane

    /// The fault, and words that its error must hold.
    static let refusals: [(String, [String])] = [
        ("MAGIC", ["magic is 42", "expected"]),
        ("SHORT", ["struct_size is 32", "at least 96"]),
        ("MAJOR", ["abi_major is 2", "expected 1"]),
        ("NEWER_HOST", ["min_host_minor is 7", "update megaraptor-mcp"]),
        ("ID", ["id is org.megaraptor.other", "expected org.megaraptor.fixture.bad"]),
        ("VERSION", ["version is 9.9.9", "expected 1.0.0"]),
        ("NO_INVOKE", ["functions is NULL"]),
        ("NO_SYMBOL", ["does not export megaraptor_plugin_v1"]),
        ("ENTRY_REFUSES", ["refused this host (contract 1.0)"]),
        ("REFUSES", ["refused to start"]),
        ("DESCRIBE_JSON", ["describes itself in what is no JSON"]),
    ]

    @Test(
        "A plugin that does not fit is refused with field, both values and the way out",
        arguments: refusals,
        Lane.allCases
    )
    func refused(refusal: (fault: String, words: [String]), lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad(refusal.fault)], lane: lane)
        let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        let text = "\(try #require(error))"
        for word in refusal.words { #expect(text.contains(word), "\(text)") }
    }

    @Test("A file that is no library is refused with the loader's reason", arguments: Lane.allCases)
    func notALibrary(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.file("#!/bin/sh\n")], lane: lane)
        let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        #expect(error?.message.contains("cannot be loaded") == true)
        #expect(error?.cause?.isEmpty == false)
    }

    @Test("A refused plugin gives every later caller the same error", arguments: Lane.allCases)
    func refusalIsRemembered(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("MAGIC")], lane: lane)
        let first = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        let second = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        #expect(first == second)
    }

    @Test("A manifest that lists what the code does not offer is refused with the difference", arguments: Lane.allCases)
    func manifestDiffers(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let manifest = try plugins.manifest(
            of: "org.megaraptor.fixture.bad",
            tool: "good",
            library: "libbad.so"
        ) { try FixturePlugins.compile("Tests/Fixtures/Bad/bad.c", to: $0, []) }
        let error = await #expect(throws: MegaraptorError.self) {
            try await HostUnderTest([manifest], lane: lane).call("tools/call")
        }
        #expect(error?.message.contains("tools \"good\" is in the manifest only") == true)
        #expect(error?.hint.contains("inspect --manifest") == true)
    }

    @Test("Two plugins cannot share one library: the second is refused, naming the first")
    func sharedLibrary() async throws {
        let plugins = try FixturePlugins()
        let first = try plugins.bad("")
        let library = try #require(first.libraryPath)
        let second = try plugins.manifest(of: "org.megaraptor.fixture.twin", tool: "bad", library: "libtwin.so") {
            try FileManager.default.linkItem(atPath: library, toPath: $0.path)
        }
        let test = HostUnderTest([first, second])
        _ = try await test.call("tools/call")
        let error = await #expect(throws: MegaraptorError.self) {
            try await test.call("tools/call", plugin: "org.megaraptor.fixture.twin")
        }
        #expect(error?.code == .conflict && error?.message.contains("org.megaraptor.fixture.bad") == true)
    }

    @Test("A call that is never answered ends at its deadline", arguments: Lane.allCases)
    func hang(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("HANG")], lane: lane)
        let error = await #expect(throws: MegaraptorError.self) {
            try await test.call("tools/call", timeout: .milliseconds(100))
        }
        #expect(error?.code == .deadlineExceeded)
    }

    @Test("The first of two answers counts, the second is logged as the plugin's fault", arguments: Lane.allCases)
    func double(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("DOUBLE")], lane: lane)
        #expect(try await test.call("tools/call") == #"{"content":[]}"#)
        // From a process of its own the second comes when it comes.
        await eventually { test.log.lines.contains { $0.contains("completed call") && $0.contains("is over") } }
    }

    @Test("An answer to a call that was never made is ignored and logged", arguments: Lane.allCases)
    func stranger(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("STRANGER")], lane: lane)
        #expect(try await test.call("tools/call") == #"{"content":[]}"#)
        await eventually { test.log.lines.contains { $0.contains("never made") } }
    }

    @Test("A failure without a reason keeps its status and says whose fault it is", arguments: Lane.allCases)
    func silentFailure(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("SILENT_FAILURE")], lane: lane)
        let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("without saying why") == true)
    }

    @Test("A status outside the closed set is an internal error", arguments: Lane.allCases)
    func unknownStatus(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("STATUS")], lane: lane)
        let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call") }
        #expect(error?.code == .internal)
    }

    @Test("A result handed over in parts is put together in order", arguments: Lane.allCases)
    func parts(lane: Lane) async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("PARTS")], lane: lane)
        #expect(try await test.call("tools/call") == #"{"content":[{"type":"text","text":"in parts"}]}"#)
    }

    @Test("A plugin that is not there is not found")
    func unknown() async throws {
        let error = await #expect(throws: MegaraptorError.self) { try await HostUnderTest([]).call("tools/call") }
        #expect(error?.code == .notFound)
    }
}
