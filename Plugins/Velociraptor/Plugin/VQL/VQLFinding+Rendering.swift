// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import VQL
internal import VQLChecks

extension VQLFinding {
    /// The finding with its place shown in the query.
    func json(in query: String) -> JSONValue {
        var object: JSONObject = [
            "severity": .string(severity.rawValue), "message": .string(message), "hint": .string(hint),
        ]
        if let position {
            object["line"] = JSONValue(position.line)
            object["column"] = JSONValue(position.column)
            if let caret = VQLCaret.render(query, line: position.line, column: position.column) {
                object["excerpt"] = .string(caret)
            }
        }
        return .object(object)
    }

    /// The same for a reader.
    func text(in query: String) -> String {
        let place = position.map { " (line \($0.line), column \($0.column))" } ?? ""
        let caret = position.flatMap { VQLCaret.render(query, line: $0.line, column: $0.column) }
        let lines = ["\(severity.rawValue)\(place): \(VisibleText.escape(message))"] + [caret].compactMap(\.self)
        return (lines + [VisibleText.escape(hint)]).joined(separator: "\n")
    }
}
