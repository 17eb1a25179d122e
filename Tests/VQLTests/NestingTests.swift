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

    @Test(
        "Two thousand levels parse, whatever they are made of",
        arguments: [
            ("(", "1", ")"), ("f(a=", "1", ")"), ("(1 + ", "1", ")"), ("{ SELECT ", "1", " FROM s }"),
            ("NOT ", "1", ""),
            ("f(a={ SELECT ", "1", " FROM s })"), ("a[(", "1", ")]"), ("(f() + f(x=[NOT ", "1", ",]) * 2)"),
        ]
    )
    func accepted(open: String, content: String, close: String) throws {
        let depth = open.count(where: { "({[N".contains($0) }) > 1 ? 800 : 2_000
        _ = try Program(parsing: nested(open, content, close, depth))
    }

    @Test(
        "A hundred thousand levels are an error and not a crash",
        arguments: [
            ("(", "1", ")"), ("f(a=", "1", ")"), ("(1 + ", "1", ")"), ("{ SELECT ", "1", " FROM s }"),
            ("NOT ", "1", ""),
            ("f(a={ SELECT ", "1", " FROM s })"), ("a[(", "1", ")]"), ("{", "", "}"), ("f(", "", ")"), ("a[", "", "]"),
        ]
    )
    func refused(open: String, content: String, close: String) {
        #expect(throws: VQLSyntaxError.self) { try Program(parsing: nested(open, content, close, 100_000)) }
    }
}
