// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Shows a place in a query: its line, and a caret under the character.
enum VQLCaret {
    /// How many characters of a long line are shown on either side of the place.
    private static let reach = 60

    /// The line and the caret below it, on two lines; `nil` where the query has no such place.
    ///
    /// - Parameters:
    ///   - line: from 1; only `\n` ends a line.
    ///   - column: from 1, in code points, as the server counts. One past the end of the line is a place too.
    static func render(_ query: String, line: Int, column: Int) -> String? {
        let lines = query.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard line >= 1, line <= lines.count, column >= 1 else { return nil }
        let scalars = Array(lines[line - 1])
        guard column <= scalars.count + 1 else { return nil }
        let place = column - 1
        let start = max(0, place - reach)
        let end = min(scalars.count, place + reach)
        let before = (start > 0 ? "…" : "") + text(scalars[start..<place])
        let after = text(scalars[place..<end]) + (end < scalars.count ? "…" : "")
        return "\(before)\(after)\n\(String(repeating: " ", count: before.unicodeScalars.count))^"
    }

    /// Tabs count as one column; all else that is not seen is shown escaped.
    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        let characters = scalars.map { $0 == "\t" || $0 == "\r" ? " " : $0 }
        return VisibleText.escape(String(String.UnicodeScalarView(characters)))
    }
}
