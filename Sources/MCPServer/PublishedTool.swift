// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import PluginManifest

/// A tool as the server offers it.
struct PublishedTool: Sendable {
    let contribution: ToolContribution
    let pluginID: String
    /// Whether a person must agree before the tool runs.
    let asks: Bool
    /// The property that takes a confirmation from a client that cannot ask a person; `nil` where there is none.
    let confirmationProperty: String?
    /// The input schema of the plugin, with the confirmation's property where there is one.
    private let inputSchema: JSONValue
    /// The plugin's own input schema, which knows nothing of confirmations.
    let argumentSchema: CompiledSchema
    let resultSchema: CompiledSchema?

    init(_ entry: Catalog.Entry<ToolContribution>, policy: ConfirmationPolicy, byToken: Bool) {
        contribution = entry.contribution
        pluginID = entry.pluginID
        let schema = entry.contribution.inputSchema
        argumentSchema = CompiledSchema(schema)
        resultSchema = entry.contribution.outputSchema.map(CompiledSchema.init)
        asks = policy.covers(entry.contribution)
        guard asks, byToken, let root = schema.objectValue else {
            confirmationProperty = nil
            inputSchema = schema
            return
        }
        let taken = Set(root["properties"]?.objectValue?.keys ?? [])
        let property = taken.contains("confirm") ? "confirmation_token" : "confirm"
        confirmationProperty = property
        inputSchema = Self.adding(property, to: root)
    }

    private static func adding(_ property: String, to root: JSONObject) -> JSONValue {
        var root = root
        var properties = root["properties"]?.objectValue ?? [:]
        properties[property] = [
            "type": "string",
            "description": """
            Leave out at first. If the answer asks for a confirmation, repeat the call unchanged with the token it \
            shows, once the user has agreed.
            """,
        ]
        root["properties"] = .object(properties)
        return .object(root)
    }

    /// The output schema, if the version knows such schemas and takes this one.
    func outputSchema(in version: ProtocolVersion) -> JSONValue? {
        guard version.has(.structuredResults), let schema = contribution.outputSchema else { return nil }
        guard version.has(.stateless) || schema["type"]?.stringValue == "object" else { return .none }
        return schema
    }

    /// The tool as a version of the protocol knows it.
    func json(for version: ProtocolVersion) -> [UInt8] {
        var object = ObjectWriter(reserving: 1024)
        object.string("name", contribution.name)
        if let title = contribution.title, version.has(.structuredResults) { object.string("title", title) }
        object.string("description", contribution.description)
        object.value("inputSchema", inputSchema)
        if let outputSchema = outputSchema(in: version) { object.value("outputSchema", outputSchema) }
        if version.has(.toolAnnotations) {
            var annotations = contribution.annotations.json.objectValue ?? [:]
            if contribution.restrictsItself {
                // A client may remember other hints from a session that was not read-only.
                annotations["destructiveHint"] = .bool(contribution.annotations.destructive)
                annotations["idempotentHint"] = .bool(contribution.annotations.idempotent)
            }
            if let title = contribution.title, !version.has(.structuredResults) {
                annotations["title"] = .string(title)
            }
            object.value("annotations", .object(annotations))
        }
        return object.finish()
    }
}
