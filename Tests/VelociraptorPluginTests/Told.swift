// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit
import Testing

@testable import VelociraptorPlugin

/// A tool's result as an assistant gets it.
struct Told {
    let text: String
    let structure: JSONValue
    let isError: Bool

    init(_ result: ToolResult) throws {
        let json = try JSONValue(json: result.bytes)
        text = try #require(json["content"]?.arrayValue?.first?["text"]?.stringValue)
        structure = json["structuredContent"] ?? .null
        isError = json["isError"] == true
    }

    init(_ page: RowPage, bytes: Int = ResultBudget.standard) throws {
        try self.init(page.toolResult(ResultBudget(asked: bytes, cap: 64 << 20)))
    }

    /// The page's rows.
    func rows(_ name: String = "rows") -> [JSONValue] { structure[name]?.arrayValue ?? [] }
}
