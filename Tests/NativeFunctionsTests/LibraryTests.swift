// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import NativeFunctions
import PluginManifest
import Testing

@Suite("Libraries are found or refused with what to do")
struct LibraryTests {
    let fixture: NativeFixture

    init() throws { fixture = try NativeFixture() }

    @Test("A library of the system is found by its name")
    func system() throws {
        let answer = try fixture.call(
            """
            symbol: crc32, arguments: [{type: uint64, value: 0}, {type: bytes, from: data, encoding: text},
            {type: uint32, length_of: data}], result: {type: uint64, name: crc32}
            """,
            input: "data: {type: string}",
            library: "library: libz.so.1",
            ["data": "123456789"]
        )
        #expect(answer == ["crc32": 0xCBF4_3926])
    }

    @Test("A library that is not there is told with the loader's words")
    func missingLibrary() throws {
        for library in ["library: libnowhere.so.7", "library: libnowhere.so, beside: true", "library: libnative.so"] {
            let error = #expect(throws: MegaraptorError.self) {
                try fixture.call("symbol: same_bool", library: library)
            }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("cannot be loaded") == true)
            #expect(error?.cause?.contains("No such file") == true)
        }
    }

    @Test("A function that the library does not have is named")
    func missingSymbol() throws {
        let error = #expect(throws: MegaraptorError.self) { try fixture.call("symbol: nothing") }
        #expect(error?.message.hasSuffix("libnative.so has no function nothing.") == true)
    }

    private func plugin(_ native: String) throws -> NativePlugin {
        let manifest = try fixture.manifest(native)
        return NativePlugin(folder: manifest.folder, tools: manifest.nativeTools)
    }

    @Test("A tool that is not native is not found")
    func unknownTool() throws {
        let plugin = try plugin("symbol: same_bool")
        let error = #expect(throws: MegaraptorError.self) { try plugin.call(tool: "other", arguments: [:]) }
        #expect(error?.code == .notFound)
    }

    @Test("Health tells which functions are there, and calls none")
    func health() throws {
        let found = try plugin("symbol: wait_a_second").health()["checks"]?.arrayValue
        #expect(found == [["id": "native.tool", "status": "ok", "message": "libnative.so has its functions."]])
        let lost = try plugin("symbol: nothing").health()["checks"]?.arrayValue?.first
        #expect(lost?["status"] == "broken" && lost?["fix"]?.stringValue?.contains("Correct the symbol") == true)
    }

    @Test("Calls from many threads run one after another")
    func serial() async throws {
        let plugin = try plugin(
            """
            calls: [{symbol: counter_open, arguments: [{type: int32, value: 1}], result: {type: handle, name: c}},
            {symbol: counters_open, result: {type: int32, name: n}},
            {symbol: counter_close, arguments: [{type: handle, from: c}]}]
            """
        )
        try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            for _ in 0..<200 {
                group.addTask { try plugin.call(tool: "tool", arguments: [:])["structuredContent"]?["n"] }
            }
            for try await open in group { #expect(open == 1) }
        }
    }

    @Test("A function that is declared wrongly takes its process with it")
    func crash() async throws {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let fixture = try NativeFixture()
            _ = try fixture.call("symbol: length_of_text, arguments: [{type: uint64, value: 1}]")
        }
    }
}
