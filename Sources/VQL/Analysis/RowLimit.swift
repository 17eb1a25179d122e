// SPDX-License-Identifier: Apache-2.0

/// Adds a LIMIT to a request where it cuts rows off and changes nothing else.
public enum RowLimit {
    /// The text with a LIMIT one above `rows`, so that whoever counts sees whether there are more.
    ///
    /// `nil` where none may be added: without exactly one SELECT, where that has a LIMIT or an EXPLAIN already, and
    /// where the analysis does not say that the request only reads, since a LIMIT stops what the query does.
    /// - Parameters:
    ///   - text: What `program` was parsed from.
    ///   - analysis: Of `program`.
    public static func adding(
        _ rows: Int64,
        to text: String,
        parsedAs program: Program,
        _ analysis: QueryAnalysis
    ) -> String? {
        guard analysis.isReading, let select = program.selects.first, program.selects.count == 1,
            select.limit == nil, select.explainCount == 0, (1..<Int64.max).contains(rows)
        else { return nil }
        // At the end of the query's last token: what follows may be a comment or the next statement.
        let bytes = Array(text.utf8)
        let end = select.range.end.byteOffset
        guard end <= bytes.count else { return nil }
        return String(decoding: bytes[..<end], as: UTF8.self) + " LIMIT \(rows + 1) "
            + String(decoding: bytes[end...], as: UTF8.self)
    }
}
