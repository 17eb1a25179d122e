// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import NativeFunctions
import PluginManifest

/// A plugin whose tools are functions of `Tests/Fixtures/Native/native.c`, in a folder for one test.
final class NativeFixture: Sendable {
    /// The test runner lies in the build's folder, beside the fixture's library.
    private static let library = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "libFixtureNative.so")

    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.library, to: folder.appending(path: "libnative.so"))
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// - Parameters:
    ///   - input: the properties of input_schema, in YAML's flow style; all of them are required.
    ///   - native: what follows `library` in `run.native`, in flow style.
    func manifest(
        _ native: String,
        input: String = "",
        required: String? = nil,
        library: String = "library: libnative.so, beside: true",
        output: String? = nil
    ) throws -> PluginManifest {
        let names = input.isEmpty ? [] : input.matches(of: #/([a-z_]+): \{/#).map { String($0.1) }
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
                - name: tool
                  description: Calls.
                  toolset: native
                  \(output.map { "output_schema: \($0)" } ?? "title: Tool")
                  input_schema: {type: object, required: [\(required ?? names.joined(separator: ", "))], properties: {\(input)}}
                  run: {native: {\(library), \(native)}}
            """
        try Data(text.utf8).write(to: folder.appending(path: "plugin.yaml"))
        return try PluginManifest.read(folder: folder.path, libraryFolders: [])
    }

    func call(
        _ native: String,
        input: String = "",
        required: String? = nil,
        library: String = "library: libnative.so, beside: true",
        _ arguments: JSONValue = [:]
    ) throws -> JSONValue {
        let manifest = try manifest(native, input: input, required: required, library: library)
        let plugin = NativePlugin(folder: manifest.folder, tools: manifest.nativeTools)
        let result = try plugin.call(tool: "tool", arguments: arguments)
        let answer = result["structuredContent"] ?? .null
        // What is answered is always what was announced.
        let violations = try JSONSchema(manifest.tools[0].outputSchema ?? [:]).validate(answer)
        if let violation = violations.first { throw MegaraptorError(.internal, "not as announced: \(violation)") }
        return answer
    }
}
