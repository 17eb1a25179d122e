// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("The official Python client lists and calls")
struct OfficialClientTests {
    /// `make test` makes the environments and says where they are.
    private func python(_ generation: Int) throws -> URL {
        let folder = try #require(
            ProcessInfo.processInfo.environment["MEGARAPTOR_PYTHON_CLIENTS"],
            "MEGARAPTOR_PYTHON_CLIENTS is not set: run the tests with make test"
        )
        return URL(filePath: folder).appending(path: "mcp\(generation)/bin/python")
    }

    private func run(_ generation: Int, _ script: String, _ arguments: [String]) async throws -> JSONValue {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script)
        let server = [Products.host.path, "serve", "--trust", "any", "--plugin-dir", Products.fixtureManifests]
        let process = try LineProcess(try python(generation), [source.path] + arguments + server)
        let line = try #require(await process.nextLine(), "\(process.standardError)")
        #expect(await process.waitForEnd() == 0)
        return try JSONValue(json: line)
    }

    private func check(_ seen: JSONValue, version: String) {
        #expect(seen["version"] == .string(version))
        #expect(seen["tools"]?.arrayValue?.contains("c_echo") == true)
        #expect(seen["echo"] == "h\u{e9}llo \u{2028} \u{1f600}")
        #expect(seen["count"] == "5")
        #expect(seen["progress"]?.arrayValue?.isEmpty == false)
        #expect(seen["failed"] == true)
    }

    @Test("1.x, with handshake")
    func first() async throws {
        check(try await run(1, "handshake_client.py", []), version: "2025-11-25")
    }

    @Test("2.x, with handshake and without", arguments: [("legacy", "2025-11-25"), ("auto", "2026-07-28")])
    func second(mode: String, version: String) async throws {
        check(try await run(2, "dual_era_client.py", [mode]), version: version)
    }
}
