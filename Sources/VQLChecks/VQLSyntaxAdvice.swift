// SPDX-License-Identifier: Apache-2.0

package import VQL

/// What to change where a text is not VQL.
package enum VQLSyntaxAdvice {
    package static func finding(_ error: VQLSyntaxError, in query: String) -> VQLFinding {
        let message = error.message
        return VQLFinding(
            severity: .error,
            message: "Syntax error: \(message.count > 160 ? message.prefix(160) + " …" : message)",
            hint: hint(in: query, at: error.position),
            position: error.position
        )
    }

    /// Words and signs of other languages, and what VQL has instead.
    private static let foreign = [
        (";", "VQL has no semicolons: statements simply follow each other."),
        ("==", "Equality is a single =."),
        ("!~", "Write NOT x =~ 'pattern'."),
        ("not in", "Write NOT x IN y."),
        ("like", "VQL has no LIKE: use =~ with a regular expression."),
        ("between", "VQL has no BETWEEN: use x >= a AND x <= b."),
        ("is", "VQL has no IS: use x = NULL."),
        ("having", "VQL has no HAVING: put the query into a LET and filter that."),
        ("distinct", "VQL has no DISTINCT: use GROUP BY."),
        ("offset", "VQL has no OFFSET."),
        ("join", "VQL has no JOIN: use foreach(row=…, query=…)."),
        ("asc", "ORDER BY takes one column and perhaps DESC; ascending is what it does without."),
        ("case", "VQL has no CASE: use if(condition=…, then=…, else=…)."),
    ]

    /// The server names the place where an unfinished part began, so the text around is looked at too.
    static func hint(in query: String, at position: SourcePosition) -> String {
        let bytes = Array(query.utf8)
        let start = max(0, position.byteOffset - 4)
        let end = min(bytes.count, position.byteOffset + 12)
        let near = String(decoding: bytes[min(start, end)..<end], as: UTF8.self).lowercased()
        let words = near.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        for (text, advice) in foreign {
            let isWord = text.allSatisfy(\.isLetter)
            if isWord ? words.contains(text) : near.contains(text) { return advice }
        }
        if position.byteOffset < bytes.count, bytes[position.byteOffset] == UInt8(ascii: "-") {
            return "A minus between two values needs a blank behind it: 5 - 3, x - 1."
        }
        return """
            Nothing runs while there is a syntax error. The mistake is at the caret or a little behind it; vql_help with \
            topic syntax has the rules.
            """
    }
}
