// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Rows as text for a reader: a table or a line of JSON for each, whichever is shorter.
enum RowText {
    static func text(_ rows: [JSONObject], columns: [String]) -> String {
        let lines = VisibleText.escapeLines(rows.map { JSONValue.object($0).json() })
        let table = VisibleText.escapeLines(self.table(rows, columns))
        return table.utf8.count < lines.utf8.count ? table : lines
    }

    private static func table(_ rows: [JSONObject], _ columns: [String]) -> [String] {
        let head = columns.map { cell(.string($0)) }.joined(separator: " | ")
        return [head] + rows.map { row in columns.map { cell(row[$0] ?? .null) }.joined(separator: " | ") }
    }

    /// Text stands as it is where it cannot be taken for anything else; all other values are JSON.
    private static func cell(_ value: JSONValue) -> String {
        guard case .string(let text) = value else { return value.json() }
        return isPlain(text) ? text : value.json()
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return false }
        if ["null", "true", "false"].contains(text) { return false }
        // A number, an object, a list or a quoted text is what it would be in JSON.
        if "\"{[-0123456789".utf8.contains(first), !looksLikeWord(text) { return false }
        return !text.utf8.contains { $0 == UInt8(ascii: "|") || $0 < 0x20 }
    }

    /// Whether a text that begins like a number is none, such as a date or an address.
    private static func looksLikeWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, !"\"{[".utf8.contains(first) else { return false }
        return Double(text) == nil
    }
}

extension VisibleText {
    /// Each line escaped by itself, so that only the breaks between them are real.
    static func escapeLines(_ lines: [String]) -> String {
        lines.map(escape).joined(separator: "\n")
    }
}
