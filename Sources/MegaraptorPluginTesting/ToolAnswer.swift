// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What a tool answered.
public struct ToolAnswer: Sendable, Hashable {
    /// The whole MCP tool result.
    public let json: JSONValue

    package init(json: JSONValue) {
        self.json = json
    }

    /// All text blocks, one after the other.
    public var text: String {
        (json["content"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    }

    /// The structured value; `nil` where the tool gave none.
    public var structured: JSONValue? { json["structuredContent"] }

    /// Whether the tool says that it failed, in a result and not by an error.
    public var isError: Bool { json["isError"] == true }
}
