// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Providers in manifests, and their names in the schemas of tools")
struct ProviderTests {
    private static let interface = "example.oracle/1"

    private func manifest(_ id: String, _ contributes: String, permissions: String = "{}") throws -> PluginManifest {
        let folder = FileManager.default.temporaryDirectory.appending(path: "providers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeOrReport(folder) }
        let text = """
            {schema: 1, id: \(id), name: x, version: 1.0.0, abi: 1, library: x.so, license: MIT, description: x,
             permissions: \(permissions), contributes: {\(contributes)}}
            """
        try Data(text.utf8).write(to: folder.appending(path: "plugin.yaml"))
        return try PluginManifest.read(folder: folder.path, libraryFolders: [])
    }

    private func provider(_ names: String..., of interface: String = interface) -> String {
        let entries = names.map { "{interface: \(interface), name: \($0), description: x, reading: [look]}" }
        return "providers: [\(entries.joined(separator: ", "))]"
    }

    /// A tool with a property that wants names filled in, and some that do not.
    private func asker() throws -> PluginManifest {
        let schema = """
            {type: object, required: [which], properties: {
               which: {type: string, description: Which., x-providers: \(Self.interface)},
               other: {type: string, enum: [a, b]}, deep: {type: object, properties: {which: {type: string}}}}}
            """
        return try manifest(
            "org.example.asker",
            """
            toolsets: [{name: case, description: x}],
            tools: [{name: ask, description: x, toolset: case, input_schema: \(schema)},
                    {name: plain, description: x, toolset: case, input_schema: {type: object, properties: {a: {type: string}}}}]
            """
        )
    }

    private func schemas(_ manifests: [PluginManifest], disabled: String? = nil) throws -> [JSONValue] {
        let filled = ProviderNames.filled(in: manifests) { $0 != disabled }
        #expect(filled.map(\.id) == manifests.map(\.id))
        return try #require(filled.first { $0.id == "org.example.asker" }).tools.map(\.inputSchema)
    }

    @Test("A provider and the permissions to ask and to keep arrive")
    func whole() throws {
        let entry = """
            {interface: example.oracle/1, name: delphi, title: Delphi, description: Answers., reading: [look],
             input_schema: {type: object, properties: {gift: {type: string}}}}
            """
        let manifest = try manifest(
            "org.example.one",
            "providers: [\(entry)]",
            permissions: "{providers: [example.other/2], keeps_secrets: [one.*]}"
        )
        let provider = try #require(manifest.providers.first)
        #expect(provider.interface == Self.interface && provider.name == "delphi" && provider.title == "Delphi")
        #expect(provider.description == "Answers." && provider.reading == ["look"])
        #expect(provider.inputSchema["properties"]?["gift"] == ["type": "string"])
        #expect(manifest.permissions.providers == ["example.other/2"])
        #expect(manifest.permissions.keepsSecrets == ["one.*"] && manifest.permissions.secrets == [])
    }

    @Test(
        "An interface without a version and a name that is none are refused with their place",
        arguments: [
            "{interface: example.oracle, name: x, description: x}", "{interface: Oracle/1, name: x, description: x}",
            "{interface: example.oracle/1, name: Delphi, description: x}",
            "{interface: example.oracle/1, name: a_b, description: x}", "{interface: example.oracle/1, name: x}",
            "{interface: example.oracle/1, name: x, description: x, writing: []}",
        ]
    )
    func refused(entry: String) throws {
        let error = #expect(throws: MegaraptorError.self) {
            try manifest("org.example.one", "providers: [\(entry)]")
        }
        #expect(error?.message.contains("plugin.yaml:") == true, "\(String(describing: error))")
    }

    @Test("The names of all plugins' providers of the interface are filled in, in order, and nothing else is touched")
    func filled() throws {
        let asker = try asker()
        let one = try manifest("org.example.one", provider("pythia", "delphi"))
        let two = try manifest("org.example.two", provider("dodona"))
        let stranger = try manifest("org.example.three", provider("sphinx", of: "example.oracle/2"))
        let schemas = try schemas([asker, one, two, stranger])
        #expect(
            schemas.first?["properties"]?["which"]
                == ["type": "string", "description": "Which.", "enum": ["delphi", "dodona", "pythia"]]
        )
        #expect(schemas.first?["properties"]?["other"] == asker.tools[0].inputSchema["properties"]?["other"])
        #expect(schemas.first?["properties"]?["deep"] == asker.tools[0].inputSchema["properties"]?["deep"])
        #expect(schemas.first?["required"] == ["which"] && schemas.last == asker.tools.last?.inputSchema)
    }

    @Test("A disabled plugin's names are not among them, and without any the keyword goes without an enum")
    func disabled() throws {
        let asker = try asker()
        let one = try manifest("org.example.one", provider("delphi"))
        let two = try manifest("org.example.two", provider("dodona"))
        let left = try schemas([asker, one, two], disabled: "org.example.one")
        #expect(left.first?["properties"]?["which"]?["enum"] == ["dodona"])
        let none = try schemas([asker, one], disabled: "org.example.one")
        #expect(none.first?["properties"]?["which"] == ["type": "string", "description": "Which."])
    }

    @Test("Manifest and code are compared provider by provider, by interface and name")
    func comparison() throws {
        func listed(_ entries: JSONValue...) -> JSONValue { ["providers": .array(entries)] }
        func entry(_ name: String, _ description: String = "x") -> JSONValue {
            ["interface": .string(Self.interface), "name": .string(name), "description": .string(description)]
        }
        let (a, b) = (entry("a"), entry("b"))
        #expect(ManifestComparison.difference(listed(a, b), listed(b, a)) == nil)
        #expect(
            ManifestComparison.difference(listed(a), listed(b))
                == "providers \"example.oracle/1 a\" is in the manifest only"
        )
        #expect(
            ManifestComparison.difference(listed(), listed(b)) == "providers \"example.oracle/1 b\" is in the code only"
        )
        #expect(
            ManifestComparison.difference(listed(a), listed(entry("a", "y")))
                == "providers \"example.oracle/1 a\" differs at /description"
        )
    }
}
