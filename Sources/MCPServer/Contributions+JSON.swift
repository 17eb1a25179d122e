// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import PluginManifest

extension ToolAnnotations {
    /// The hints. What does not apply to a read-only tool is left out.
    var json: JSONValue {
        var object: JSONObject = ["readOnlyHint": .bool(readOnly)]
        if !readOnly {
            object["destructiveHint"] = .bool(destructive)
            object["idempotentHint"] = .bool(idempotent)
        }
        object["openWorldHint"] = .bool(openWorld)
        return .object(object)
    }
}

extension ResourceContribution {
    func json(for version: ProtocolVersion) -> [UInt8] {
        var object = ObjectWriter()
        object.string("uri", uri)
        object.string("name", name)
        if let title, version.has(.structuredResults) { object.string("title", title) }
        object.string("description", description)
        if let mimeType { object.string("mimeType", mimeType) }
        return object.finish()
    }
}

extension ResourceTemplateContribution {
    func json(for version: ProtocolVersion) -> [UInt8] {
        var object = ObjectWriter()
        object.string("uriTemplate", uriTemplate)
        object.string("name", name)
        if let title, version.has(.structuredResults) { object.string("title", title) }
        object.string("description", description)
        if let mimeType { object.string("mimeType", mimeType) }
        return object.finish()
    }
}

extension PromptContribution {
    func json(for version: ProtocolVersion) -> [UInt8] {
        var object = ObjectWriter()
        object.string("name", name)
        if let title, version.has(.structuredResults) { object.string("title", title) }
        object.string("description", description)
        if !arguments.isEmpty {
            let list = arguments.map { argument -> JSONValue in
                [
                    "name": .string(argument.name),
                    "description": .string(argument.description),
                    "required": .bool(argument.required),
                ]
            }
            object.value("arguments", .array(list))
        }
        return object.finish()
    }
}
