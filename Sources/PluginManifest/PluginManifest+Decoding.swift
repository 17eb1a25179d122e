// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

// Reading from JSON that the manifest's schema has already accepted.

extension PluginManifest {
    init(checked json: JSONValue, folder: String, librarySearch: [String], libraryPath: String?) {
        func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
        func list<T>(_ key: String, _ make: (JSONValue) -> T) -> [T] {
            (json["contributes"]?[key]?.arrayValue ?? []).map(make)
        }
        id = text("id")
        name = text("name")
        version = text("version")
        description = text("description")
        license = text("license")
        abi = Int(json["abi"]?.integerValue ?? 0)
        minimumHost = Int(json["min_host"]?.integerValue ?? 0)
        library = json["library"]?.stringValue
        activation = Activation(rawValue: text("activation")) ?? .onCall
        isolation = Isolation(rawValue: text("isolation"))
        sha256 = json["sha256"]?.stringValue
        permissions = Permissions(checked: json["permissions"] ?? [:])
        toolsets = list("toolsets", ToolsetContribution.init(checked:))
        tools = list("tools", ToolContribution.init(checked:))
        resources = list("resources", ResourceContribution.init(checked:))
        resourceTemplates = list("resource_templates", ResourceTemplateContribution.init(checked:))
        prompts = list("prompts", PromptContribution.init(checked:))
        runners = list("runners") { RunnerContribution(name: $0.text("name"), description: $0.text("description")) }
        providers = list("providers", ProviderContribution.init(checked:))
        configSchema = json["config_schema"]
        isBundled = false
        self.folder = folder
        self.librarySearch = librarySearch
        self.libraryPath = libraryPath
        var contributes = json["contributes"]?.objectValue ?? [:]
        contributes["toolsets"] = nil
        contributesJSON = .object(contributes)
    }
}

extension ToolsetContribution {
    init(checked json: JSONValue) {
        self.init(
            name: json.text("name"),
            description: json.text("description"),
            isDefault: json["default"]?.boolValue ?? true
        )
    }
}

extension ToolContribution {
    init(checked json: JSONValue) {
        self.init(
            name: json.text("name"),
            title: json["title"]?.stringValue,
            description: json.text("description"),
            toolset: json.text("toolset"),
            inputSchema: json["input_schema"] ?? [:],
            outputSchema: json["output_schema"],
            annotations: ToolAnnotations(checked: json["annotations"] ?? [:]),
            asksFirst: json["asks_first"]?.boolValue ?? true,
            restrictsItself: json["read_only_mode"]?.stringValue == "restricted",
            aliases: json["aliases"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            run: json["run"]
        )
    }
}

extension ToolAnnotations {
    init(checked json: JSONValue) {
        self.init(
            readOnly: json["read_only"]?.boolValue ?? false,
            destructive: json["destructive"]?.boolValue ?? true,
            idempotent: json["idempotent"]?.boolValue ?? false,
            openWorld: json["open_world"]?.boolValue ?? true
        )
    }
}

extension ResourceContribution {
    init(checked json: JSONValue) {
        self.init(
            uri: json.text("uri"),
            name: json.text("name"),
            title: json["title"]?.stringValue,
            description: json.text("description"),
            mimeType: json["mime_type"]?.stringValue
        )
    }
}

extension ResourceTemplateContribution {
    init(checked json: JSONValue) {
        self.init(
            uriTemplate: json.text("uri_template"),
            name: json.text("name"),
            title: json["title"]?.stringValue,
            description: json.text("description"),
            mimeType: json["mime_type"]?.stringValue
        )
    }
}

extension PromptContribution {
    init(checked json: JSONValue) {
        self.init(
            name: json.text("name"),
            title: json["title"]?.stringValue,
            description: json.text("description"),
            arguments: (json["arguments"]?.arrayValue ?? []).map { argument in
                Argument(
                    name: argument.text("name"),
                    description: argument.text("description"),
                    required: argument["required"]?.boolValue ?? false,
                    completedBy: argument["completed_by"]?.stringValue,
                    pattern: argument["pattern"]?.stringValue,
                    allowed: argument["enum"]?.arrayValue?.compactMap(\.stringValue),
                    standard: argument["default"]?.stringValue
                )
            },
            body: json["body"]?.stringValue
        )
    }
}

extension JSONValue {
    fileprivate func text(_ key: String) -> String { self[key]?.stringValue ?? "" }
}
