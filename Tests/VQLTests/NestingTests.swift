// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Deep and long queries")
struct NestingTests {
    /// `content` inside many pairs of an opening and a closing text, as a column.
    private func nested(_ open: String, _ content: String, _ close: String, _ depth: Int) -> String {
        "SELECT " + String(repeating: open, count: depth) + content + String(repeating: close, count: depth)
            + " FROM scope()"
    }

    /// `first` and many times `next`, as a column.
    private func long(_ first: String, _ next: String, _ count: Int) -> String {
        "SELECT " + first + String(repeating: next, count: count) + " FROM scope()"
    }

    @Test(
        "Two thousand parentheses and NOTs",
        arguments: [("(", ")"), ("(1 + ", ")"), ("((1,), ", ")"), ("NOT ", ""), ("NOT (a OR ", ")")]
    )
    func parentheses(open: String, close: String) throws {
        let levels = open.contains("NOT (") ? 2 : 1
        _ = try Program(parsing: nested(open, "1", close, 2_000 / levels))
    }

    @Test(
        "Calls, brackets and subqueries inside each other",
        arguments: [
            ("f(a=", ")"), ("{ SELECT ", " FROM s }"), ("a[(", ")]"), ("f(a=[", ",])"), ("(1 + ", ")"), ("NOT ", ""),
        ]
    )
    func recursion(open: String, close: String) throws {
        let program = try Program(parsing: nested(open, "1", close, 125))
        #expect(try Program(parsing: program.description) == program)
    }

    @Test(
        "Far too many levels are an error and not a crash",
        arguments: [
            ("(", "1", ")"), ("(", "", ""), ("(1+", "1", ")"), ("NOT ", "1", ""), ("f(", "", ")"), ("f(a=", "1", ")"),
            ("{", "", "}"), ("{SELECT ", "", ""), ("f(a={SELECT ", "1", " FROM s})"), ("a[(", "1", ")]"),
            ("f(a=[", "", "])"),
        ]
    )
    func tooDeep(open: String, content: String, close: String) {
        // A hundred thousand for a pair of single characters.
        let depth = 200_000 / (open + close).count
        #expect(throws: VQLSyntaxError.self) { try Program(parsing: nested(open, content, close, depth)) }
    }

    @Test(
        "Five thousand terms of one level are flat",
        arguments: [
            ("1", " + 1"), ("1", " * 2"), ("a", " OR b"), ("a", " AND b"), ("1", " = 1"), ("a", ".b"), ("a()", ".b"),
            ("a", "[0]"),
            ("a", "()"), ("1", ", 1"), ("1", " AS A, 2"), ("a[1", " 1"),
        ]
    )
    func longChains(first: String, next: String) throws {
        let text = long(first, next, 5_000).replacing(" 1 FROM", with: first == "a[1" ? " 1] FROM" : " 1 FROM")
        let program = try Program(parsing: text)
        #expect(program.description == text.replacing(" AND", with: "  AND"))
    }

    @Test(
        "The work grows with the length of the text and not faster, whether it parses or not",
        arguments: [
            ("1", " + 1"), ("1 ", "+ "), ("", "("), ("f", "(a=1"), ("", "a[(("), ("a", "[(1 "), ("(1", ", (1"),
            ("1", ",,1"),
            ("", "NOT "), ("a", " AND NOT (b"), ("1", " AS A, "), ("", "{ "), ("f(a=", "[1,"), ("a", ". b"),
            ("x", " /* 1"),
        ]
    )
    func linearity(first: String, next: String) throws {
        func steps(_ count: Int) throws -> Int {
            var parser = try Parser(long(first, next, count), isLambda: false)
            _ = Result { try parser.parseProgram() }
            return parser.steps
        }
        // Both are below the greatest depth, so that nothing is cut short.
        #expect(try steps(200) <= 2 * steps(100) + 100)
        #expect(try steps(200) <= 60 * 200)
    }
}
