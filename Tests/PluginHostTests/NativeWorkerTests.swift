// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@testable import PluginHost

@Suite("C functions run in a process of their own whatever anybody says")
struct NativeWorkerTests {
    private static let id = "org.megaraptor.fixture.native"
    private let plugins: FixturePlugins

    init() throws { plugins = try FixturePlugins() }

    /// Functions of the C library, one of which never returns.
    private func manifest() throws -> PluginManifest {
        func tool(_ name: String, _ native: String) -> String {
            """
            {"name": "\(name)", "description": "x", "toolset": "fixture", "input_schema": {"type": "object"},
             "run": {"native": {"library": "libc.so.6", \(native)}}}
            """
        }
        let tools = [
            tool("hang", "\"symbol\": \"pause\""),
            tool("crash", #""symbol": "strlen", "arguments": [{"type": "uint64", "value": 1}]"#),
            tool(
                "abs",
                #""symbol": "abs", "arguments": [{"type": "int32", "value": -7}], "result": {"type": "int32", "name": "y"}"#
            ),
        ]
        let text = """
            {"schema": 1, "id": "\(Self.id)", "name": "Fixture", "version": "1.0.0", "abi": 1,
             "license": "Apache-2.0", "description": "For tests.",
             "contributes": {"toolsets": [{"name": "fixture", "description": "For tests."}],
              "tools": [\(tools.joined(separator: ", "))]}}
            """
        try Data(text.utf8).write(to: plugins.folder.appending(path: "plugin.yaml"))
        return try PluginManifest.read(folder: plugins.folder.path, libraryFolders: [])
    }

    private func host(_ lane: HostUnderTest.Lane) throws -> HostUnderTest {
        HostUnderTest([try manifest()], lane: lane, state: plugins.folder) { workers in
            workers.mayRunInProcess = { _ in true }
            workers.patience = .milliseconds(300)
        }
    }

    private func call(_ tool: String, on test: HostUnderTest, timeout: Duration = .seconds(20)) async throws -> String {
        let params: JSONValue = ["name": .string(tool), "arguments": [:]]
        return try await test.call("tools/call", params, plugin: Self.id, timeout: timeout)
    }

    private static let seven = #"{"structuredContent":{"y":7}}"#

    @Test("A function that crashes never meets the host", arguments: HostUnderTest.Lane.allCases)
    func crash(lane: HostUnderTest.Lane) async throws {
        let test = try host(lane)
        #expect(try await call("abs", on: test) == Self.seven)
        #expect(test.host.status(of: Self.id)?.isolation == .process)
        let error = await #expect(throws: MegaraptorError.self) { try await call("crash", on: test) }
        #expect(error?.code == .unavailable && error?.message.contains("SIGSEGV") == true)
        #expect(try await call("abs", on: test) == Self.seven)
        #expect(test.host.status(of: Self.id)?.starts == 2)
    }

    @Test("A function that never returns costs its own call and those that wait for it, not the later ones")
    func hang() async throws {
        let test = try host(.process)
        let stuck = Task { try await call("hang", on: test, timeout: .milliseconds(100)) }
        let late = await #expect(throws: MegaraptorError.self) { try await stuck.value }
        #expect(late?.code == .deadlineExceeded)
        do {
            // It waits for the one that hangs, unless the worker has been ended in the meantime.
            #expect(try await call("abs", on: test) == Self.seven)
        } catch let error as MegaraptorError {
            #expect(error.message.contains("its worker took no message"), "\(error)")
        }
        #expect(try await call("abs", on: test) == Self.seven)
        #expect(test.host.status(of: Self.id)?.lastEnd?.contains("took no message") == true)
        #expect(test.host.status(of: Self.id)?.starts == 2)
    }

    @Test("What only code could answer is unsupported")
    func unsupported() async throws {
        let test = try host(.process)
        let error = await #expect(throws: MegaraptorError.self) {
            try await test.call("resources/read", ["uri": "x:y"], plugin: Self.id)
        }
        #expect(error?.code == .unsupported)
    }
}
