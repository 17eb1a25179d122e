// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    /// One tool for each kind of content.
    var contentTools: [Tool] {
        [
            Self.tool("test_simple_text", "Gives a text.") { _ in
                ToolResult(text: "This is a simple text response for testing.")
            },
            Self.tool("test_image_content", "Gives a picture.") { _ in
                ToolResult(content: [.image(base64: Samples.png, mimeType: "image/png")])
            },
            Self.tool("test_audio_content", "Gives a sound.") { _ in
                ToolResult(content: [.audio(base64: Samples.wav, mimeType: "audio/wav")])
            },
            Self.tool("test_embedded_resource", "Gives a resource within the result.") { _ in
                ToolResult(content: [Self.embedded("test://embedded-resource", "This is an embedded resource content.")]
                )
            },
            Self.tool("test_multiple_content_types", "Gives a text, a picture and a resource.") { _ in
                let json = #"{"test":"data","value":123}"#
                let resource = ResourceContents(
                    uri: "test://mixed-content-resource",
                    text: json,
                    mimeType: "application/json"
                )
                return ToolResult(content: [
                    .text("Multiple content types test:"), .image(base64: Samples.png, mimeType: "image/png"),
                    .resource(resource),
                ])
            },
            Self.tool("test_error_handling", "Always fails.") { _ in
                ToolResult(
                    content: [.text("This tool intentionally returns an error for testing")],
                    isError: true
                )
            },
            Tool(
                "json_schema_2020_12_tool",
                description: "Has an input schema with keywords that are easily lost.",
                toolset: "conformance",
                effects: .reads
            ) { (_: KeywordInput, _) in ToolResult(text: "taken") },
        ]
    }

    static func embedded(_ uri: String, _ text: String) -> Content {
        .resource(ResourceContents(uri: uri, text: text, mimeType: "text/plain"))
    }
}

/// Composition, condition, reference and anchor in one schema.
struct KeywordInput: ToolInput {
    static var schema: Schema {
        Schema([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": [
                "address": [
                    "$anchor": "addressDef", "type": "object",
                    "properties": ["street": ["type": "string"], "city": ["type": "string"]],
                ]
            ],
            "properties": [
                "name": ["type": "string"],
                "address": ["$ref": "#/$defs/address"],
                "contactMethod": ["type": "string", "enum": ["phone", "email"]],
                "phone": ["type": "string"],
                "email": ["type": "string"],
            ],
            "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
            "if": ["properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"]],
            "then": ["required": ["phone"]],
            "else": ["required": ["email"]],
            "additionalProperties": false,
        ])
    }
}
