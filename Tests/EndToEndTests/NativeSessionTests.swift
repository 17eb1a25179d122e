// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("C functions that manifests declare, over real stdio")
struct NativeSessionTests {
    private static func example(_ name: String) -> [String] {
        ["--plugin-dir", Products.sourceRoot.appending(path: "Examples/plugins/org.megaraptor.example.\(name)").path]
    }

    @Test("The zlib example: checksums, a default, text from C, a size and an output buffer")
    func zlib() async throws {
        let session = try Session(Self.example("zlib"))
        _ = try await session.initialize()
        func answer(_ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue? {
            try await session.call(tool, arguments)["structuredContent"]
        }
        #expect(try await answer("zlib_crc32", ["data": "MTIzNDU2Nzg5"]) == ["crc32": 0xCBF4_3926])
        #expect(try await answer("zlib_adler32", ["text": "Wikipedia"]) == ["adler32": 0x11E6_0398])
        let first = try await answer("zlib_adler32", ["text": "Wiki"])?["adler32"] ?? .null
        #expect(try await answer("zlib_adler32", ["text": "pedia", "start": first]) == ["adler32": 0x11E6_0398])
        #expect(try await answer("zlib_version")?["version"]?.stringValue?.hasPrefix("1.") == true)
        #expect(try await answer("zlib_compress_bound", ["size": 1000]) == ["bound": 1013])
        let stream: JSONValue = "eJzLSM3JyQcABiwCFQ=="
        #expect(try await answer("zlib_uncompress", ["data": stream]) == ["size": 5, "bytes": "aGVsbG8="])
        let tight = try await session.call("zlib_uncompress", ["data": stream, "room": 4])
        #expect(tight["isError"] == true && tight.text.contains("uncompress failed: it returned -5."))
        let range = try await session.call("zlib_compress_bound", ["size": -1])
        #expect(range["isError"] == true && range.text.contains("at least 0"))
    }

    @Test("The libmagic example: calls in order with a handle")
    func magic() async throws {
        let session = try Session(Self.example("magic"))
        _ = try await session.initialize()
        let kind = try await session.call("file_kind", ["data": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"])
        #expect(kind["structuredContent"] == ["kind": "image/png; charset=binary"])
    }

    @Test("The guide's example works as it stands there")
    func guide() async throws {
        let guide = try String(
            contentsOf: Products.sourceRoot.appending(path: "docs/native-functions.md"),
            encoding: .utf8
        )
        let manifest = try #require(guide.split(separator: "```yaml\n").last?.split(separator: "```").first)
        let folder = try ScratchFolder()
        _ = try folder.write(String(manifest), to: "plugin.yaml")
        let session = try Session(["--plugin-dir", folder.path])
        _ = try await session.initialize()
        let answer = try await session.call("crc32", ["data": "MTIzNDU2Nzg5"])
        #expect(answer["structuredContent"] == ["crc32": 3_421_780_262])
        #expect(guide.contains("`{\"data\": \"MTIzNDU2Nzg5\"}` answers `{\"crc32\": 3421780262}`"))
    }

    @Test("A plugin with code may have C functions too, and both answer from its worker")
    func besideCode() async throws {
        let manifest = try String(
            contentsOfFile: "\(Products.fixtureManifests)/org.megaraptor.fixture.c/plugin.yaml",
            encoding: .utf8
        )
        let tool = """
              tools:
                - name: zlib_version
                  description: Tells zlib's version.
                  toolset: fixture
                  input_schema: {type: object}
                  annotations: {destructive: false}
                  run: {native: {library: libz.so.1, symbol: zlibVersion, result: {type: string, name: version}}}

            """
        let folder = try ScratchFolder()
        let text = manifest.replacingOccurrences(of: "  tools:\n", with: tool)
            .replacingOccurrences(of: "isolation: in_process\n", with: "")
        #expect(text.contains(tool) && !text.contains("isolation"))
        _ = try folder.write(text, to: "plugin.yaml")
        let session = try Session(["--plugin-dir", folder.path])
        _ = try await session.initialize()
        #expect(try await session.call("c_echo", ["text": "code"]).text == "code")
        let version = try await session.call("zlib_version")["structuredContent"]?["version"]?.stringValue
        #expect(version?.hasPrefix("1.") == true)
    }

    // MARK: - Functions that go wrong

    /// Functions of `Tests/Fixtures/Native/native.c`; `crash` is declared wrongly.
    private func fixture(_ folder: ScratchFolder) throws -> Session {
        let library = Products.folder.appending(path: "libFixtureNative.so")
        try FileManager.default.copyItem(at: library, to: folder.url.appending(path: "libnative.so"))
        func tool(_ name: String, _ native: String) -> String {
            """
                - name: \(name)
                  description: \(name).
                  toolset: native
                  input_schema: {type: object}
                  annotations: {destructive: false}
                  run: {native: {library: libnative.so, beside: true, \(native)}}
            """
        }
        let tools = [
            tool("crash", "symbol: length_of_text, arguments: [{type: uint64, value: 1}]"),
            tool("slow", "symbol: wait_a_second"),
            tool("fine", "symbol: same_int32, arguments: [{type: int32, value: 7}], result: {type: int32, name: y}"),
            tool("lost", "symbol: nothing"),
        ]
        let text = """
            schema: 1
            id: org.example.native
            name: Native
            version: 1.0.0
            abi: 1
            license: Apache-2.0
            description: For tests.
            contributes:
              toolsets: [{name: native, description: For tests.}]
              tools:

            """
        _ = try folder.write(text + tools.joined(separator: "\n") + "\n", to: "plugin.yaml")
        return try Session(["--plugin-dir", folder.path])
    }

    @Test("A wrong declaration that crashes costs one call, with the reason, and the next one works")
    func crash() async throws {
        let folder = try ScratchFolder()
        let session = try fixture(folder)
        _ = try await session.initialize()
        #expect(try await session.call("fine")["structuredContent"] == ["y": 7])
        let crashed = try await session.call("crash")
        #expect(crashed["isError"] == true && crashed.text.contains("was killed by SIGSEGV"), "\(crashed.text)")
        #expect(try await session.call("fine")["structuredContent"] == ["y": 7])
    }

    @Test("Calls of one plugin wait for each other, and a crash costs those that wait too")
    func crashWithWaiting() async throws {
        let folder = try ScratchFolder()
        let session = try fixture(folder)
        _ = try await session.initialize()
        let pending = [
            try await session.send("tools/call", ["name": "slow", "arguments": [:]]),
            try await session.send("tools/call", ["name": "fine", "arguments": [:]]),
            try await session.send("tools/call", ["name": "crash", "arguments": [:]]),
            try await session.send("tools/call", ["name": "fine", "arguments": [:]]),
        ]
        var answers: [JSONValue] = []
        for id in pending { answers.append(try await session.response(to: id)["result"] ?? .null) }
        #expect(answers.contains { $0["isError"] == true && $0.text.contains("was killed by SIGSEGV") })
        #expect(try await session.call("fine")["structuredContent"] == ["y": 7])
    }

    @Test("A call that is given up while its function runs ends nothing else")
    func cancelled() async throws {
        let folder = try ScratchFolder()
        let session = try fixture(folder)
        _ = try await session.initialize()
        _ = try await session.call("fine")
        let slow = try await session.send("tools/call", ["name": "slow", "arguments": [:]])
        try await session.notify("notifications/cancelled", ["requestId": .integer(slow)])
        #expect(try await session.call("fine")["structuredContent"] == ["y": 7])
    }

    @Test("Doctor tells which functions are not there")
    func doctor() async throws {
        let folder = try ScratchFolder()
        let session = try fixture(folder)
        _ = try await session.initialize()
        let lost = try await session.call("lost")
        #expect(lost["isError"] == true && lost.text.contains("has no function nothing"))
        let health = try await session.request("resources/read", ["uri": "megaraptor://health"])
        let report = health["contents"]?.arrayValue?.first?["text"]?.stringValue ?? ""
        #expect(report.contains("has no function nothing") && report.contains("native.lost"), "\(report)")
        #expect(report.contains("libnative.so has its functions."))
    }
}
