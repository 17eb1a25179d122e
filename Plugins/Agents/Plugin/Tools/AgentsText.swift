// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

extension ToolResult {
    /// An answer about agents: its message, what to do and what to mind in lines for a person, and behind them the whole
    /// as JSON.
    init(agents answer: JSONObject) {
        func texts(_ key: String) -> [String] { answer[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        let lines =
            [answer["message"]?.stringValue].compactMap(\.self)
            + texts("instructions").enumerated().map { "\($0.offset + 1). \($0.element)" }
            + texts("notes").map { "Note: \($0)" }
        self.init(
            content: [
                .text(lines.map(VisibleText.escape).joined(separator: "\n")),
                .text(VisibleText.escape(JSONValue.object(answer).json())),
            ],
            structured: .object(answer)
        )
    }
}
