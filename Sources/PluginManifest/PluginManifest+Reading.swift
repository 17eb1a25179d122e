// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import YAMLSource

extension PluginManifest {
    private static let compiledSchema = Result { () throws(JSONSchemaError) in try JSONSchema(schema) }

    /// Reads `folder/plugin.yaml` and finds its library: beside the manifest first, then in `libraryFolders`.
    /// - Throws: `invalid_argument` with `file:line:column` for each thing that is wrong.
    public static func read(folder: String, libraryFolders: [String]) throws(MegaraptorError) -> PluginManifest {
        let path = "\(folder)/plugin.yaml"
        let document = try CheckedYAML.read(path, schema: compiledSchema)
        let json = document.json
        let search = [folder] + libraryFolders
        let library = json["library"]?.stringValue.flatMap { name in
            search.map { "\($0)/\(name)" }.first(where: PluginSearch.isFile)
        }
        var manifest = PluginManifest(checked: json, folder: folder, librarySearch: search, libraryPath: library)
        try manifest.readPrompts(document)
        try manifest.checkReferences(document)
        try manifest.readNativeTools(document)
        return manifest
    }

    /// What a schema cannot say: names are unique, toolsets that are used are declared, code has a library.
    private func checkReferences(_ document: YAMLNode) throws(MegaraptorError) {
        var seen: Set<String> = []
        let toolsets = Set(toolsets.map(\.name))
        for (index, tool) in tools.enumerated() {
            guard seen.insert(tool.name).inserted else {
                throw refusal(document, ["tools", "\(index)", "name"], "the tool \"\(tool.name)\" is listed twice")
            }
            for (place, alias) in tool.aliases.enumerated() where !seen.insert(alias).inserted {
                let fault = "the name \"\(alias)\" belongs to two tools, or twice to one"
                throw refusal(document, ["tools", "\(index)", "aliases", "\(place)"], fault)
            }
            guard toolsets.contains(tool.toolset) else {
                throw refusal(
                    document,
                    ["tools", "\(index)", "toolset"],
                    "the toolset \"\(tool.toolset)\" is not declared in contributes.toolsets"
                )
            }
        }
        let needsCode =
            tools.contains { $0.run == nil } || !runners.isEmpty || !providers.isEmpty || !resources.isEmpty
            || !resourceTemplates.isEmpty
            || prompts.contains { $0.body == nil }
        if needsCode, library == nil {
            throw refusal(document, [], "the plugin contributes what only code can answer, but names no library")
        }
    }

    /// - Parameter place: below `contributes`.
    func refusal(_ document: YAMLNode, _ place: [String], _ message: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "\(document.nearest(to: JSONPointer(["contributes"] + place)).position): \(message)",
            hint: "Correct the manifest \(folder)/plugin.yaml."
        )
    }
}
