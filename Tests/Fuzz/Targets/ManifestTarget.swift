// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest

/// Manifests of plugins.
struct ManifestTarget: FuzzTarget {
    let name = "manifests"
    let seeds: [[UInt8]]
    let words = [
        "schema: 1\n", "contributes:\n", "  tools:\n", "    - name: x\n", "input_schema: {type: object}\n", "&a ", "*a",
        "!!str ", "? ", "|\n", ">-\n", "---\n", "%YAML 1.2\n", "pattern: \"^(a*)*$\"\n", "$ref: \"#/$defs/x\"\n", "\t",
        "<<: ", "~", "0o17", "library: x.so\n", "permissions:\n", "run:\n",
    ]

    private let folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-fuzz-\(getpid())")

    init() {
        let minimal = """
            schema: 1
            id: org.example.fuzz
            name: Fuzz
            version: 1.0.0
            abi: 1
            license: MIT
            description: Nothing.
            contributes:
              toolsets:
                - {name: fuzz, description: x}
              prompts:
                - name: p
                  description: x
                  body: "Hello {{who}}"
                  arguments: [{name: who, description: x, pattern: "^a+$", default: "a"}]
            config_schema: {type: object, properties: {a: {type: string}}}
            """
        seeds =
            [Array(minimal.utf8)] + Repository.files("manifests", "plugin.yaml")
            + Repository.files("Tests/Fixtures", "plugin.yaml")
    }

    func run(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: folder.appending(path: "plugin.yaml"))
        do throws(MegaraptorError) {
            let manifest = try PluginManifest.read(folder: folder.path, libraryFolders: [])
            try manifest.check(settings: ["a": "b"])
        } catch {
            guard !error.message.isEmpty else { throw BrokenPromise("an error without words") }
        }
    }
}
