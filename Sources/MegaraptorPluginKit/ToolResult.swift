// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What a tool call gives back.
public struct ToolResult: Sendable {
    enum Body: Sendable {
        case value(JSONValue)
        case bytes([UInt8])
    }

    let body: Body

    /// Content blocks and, where the tool has an output schema, the structured value.
    public init(content: [Content], structured: JSONValue? = nil, isError: Bool = false) {
        var object: JSONObject = ["content": .array(content.map(\.json))]
        object["structuredContent"] = structured
        if isError { object["isError"] = true }
        body = .value(.object(object))
    }

    /// A structured value, repeated as JSON text for clients that read only text.
    public init(structured: JSONValue) {
        self.init(content: [.text(structured.json())], structured: structured)
    }

    /// A result that is text alone.
    public init(text: String) {
        self.init(content: [.text(text)])
    }

    /// A whole MCP tool result as JSON bytes, for results that are too large to be built as a tree.
    public init(rawJSON bytes: [UInt8]) {
        body = .bytes(bytes)
    }

    /// The whole result as JSON.
    public var bytes: [UInt8] {
        switch body {
        case .value(let value): value.jsonBytes()
        case .bytes(let bytes): bytes
        }
    }
}
