// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQLEvaluator

@Suite("Regular expressions")
struct PatternTests {
    private func answer(_ text: String, _ pattern: String) async throws -> QueryOutcome {
        try await QueryEngine.underTest.outcome(
            of: "SELECT Text =~ Pattern AS A FROM scope()",
            environment: [("Text", text), ("Pattern", pattern)]
        )
    }

    @Test(
        "A pattern matches what the server's would",
        arguments: [
            ("abc", "B", true), ("abc", "(?-i)B", false), ("a\n", "a$", false), ("a\n", "(?m)a$", true),
            ("a\r", "^a.$", true), ("a\nb", "a.b", false), ("a\nb", "(?s)a.b", true), ("é", #"^\w$"#, false),
            ("٣", #"\d"#, false), ("7", #"^\d$"#, true), ("[", "^[[]$", true), ("&", "^[a&&b]$", true),
            ("]", "^[]]$", true),
            ("x{y", "x{y", true), ("a}", "a}", true), ("aaa", "^a{3}$", true), ("aaa", "^a{4,}$", false),
            ("a.b", #"^a\Q.\Eb$"#, true), ("axb", #"^a\Q.\Eb$"#, false), ("k=v", "^(?P<Key>k)=", true),
            ("É", #"^\pL$"#, true), ("É", #"^\p{Lu}$"#, true), ("a-b", "^[a-c-]+$", true), ("ab", "^(?:a|b){2}$", true),
            ("_", "^[[:alpha:]_]$", true), (#"C:\Users"#, #"^c:\\users$"#, true),
        ]
    )
    func matching(text: String, pattern: String, matches: Bool) async throws {
        let outcome = try await answer(text, pattern)
        #expect(outcome.rows == [["A": .bool(matches)]])
        #expect(outcome.lines == [])
    }

    @Test(
        "A pattern that the server refuses is refused in its words, and matches nothing",
        arguments: [
            ("(?<=a)b", "invalid named capture: `(?<=a)b`"), ("a(?=b)", "invalid or unsupported Perl syntax: `(?=`"),
            ("x[", "missing closing ]: `[`"), ("(a", "missing closing ): `(?i)(a`"), ("a)", "unexpected ): `(?i)a)`"),
            ("*a", "missing argument to repetition operator: `*`"), ("a++", "invalid nested repetition operator: `++`"),
            (#"(a)\1"#, #"invalid escape sequence: `\1`"#), (#"a\"#, "trailing backslash at end of expression: ``"),
            ("a{2000}", "invalid repeat count: `{2000}`"),
        ]
    )
    func refusing(pattern: String, message: String) async throws {
        let outcome = try await answer("ab", pattern)
        #expect(outcome.rows == [["A": false]])
        #expect(outcome.lines == ["Compile regexp: error parsing regexp: \(message)"])
    }

    @Test("A mistake in a pattern is logged once for a query, not once for each row")
    func loggedOnce() async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT 'a' =~ '(' AS A FROM range(end=10)")
        #expect(outcome.rows.count == 10)
        #expect(outcome.lines.count == 1)
    }
}
