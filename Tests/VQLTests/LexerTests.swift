// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Lexer")
struct LexerTests {
    private func kinds(_ text: String) throws -> [TokenKind] {
        try Lexer.tokens(of: Array(text.utf8)).dropLast().map(\.kind)
    }

    private func texts(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try Lexer.tokens(of: bytes).dropLast().map {
            String(decoding: bytes[$0.range.start.byteOffset..<$0.range.end.byteOffset], as: UTF8.self)
        }
    }

    @Test(
        "The first rule that matches wins",
        arguments: [
            ("1AS A", ["1", "AS", "A"]), ("5-3", ["5", "-3"]), ("5 - -3", ["5", "-", "-3"]), ("a-b", ["a", "-b"]),
            ("4//2", ["4"]), ("4 --2\n5", ["4", "5"]), ("1.2.3", ["1.2", ".3"]), ("5.", ["5", "."]),
            ("1.e5", ["1", ".", "e5"]), ("1e+5e", ["1e+5", "e"]), ("1e+", ["1", "e", "+"]), ("0X1F", ["0", "X1F"]),
            ("0x1AND", ["0x1A", "ND"]), ("-0x1f", ["-0x1f"]), ("-.5", ["-.5"]), ("a.5", ["a", ".5"]),
            ("a|||b&&c", ["a", "|||", "b", "&&", "c"]), ("x=~y=>z", ["x", "=~", "y", "=>", "z"]),
            ("<><=>=!==", ["<>", "<=", ">=", "!=", "="]), ("'a''b'", ["'a'", "'b'"]),
            ("'''a''''b'", ["'''a'''", "'b'"]), ("''''''", ["''''''"]), ("'a\\'b'", ["'a\\'b'"]),
            ("-`a b`.`c`", ["-`a b`", ".", "`c`"]), ("group  by", ["group  by"]), ("group by_x", ["group", "by_x"]),
            ("group/**/by", ["group", "by"]), ("/*/ 1 */2", ["2"]), ("/* 1", ["/", "*", "1"]), ("-TRUE", ["-TRUE"]),
            ("'''a", []), ("\"a\nb\"", ["\"a\nb\""]), ("a\r\nb -- c\rd", ["a", "b"]),
        ]
    )
    func firstRuleWins(text: String, expected: [String]) throws {
        if expected.isEmpty {
            #expect(throws: VQLSyntaxError.self) { try texts(text) }
        } else {
            #expect(try texts(text) == expected)
        }
    }

    @Test("Keywords are whole words in any case")
    func keywords() throws {
        #expect(
            try kinds("explain SELECT From where Group By order\nby LIMIT let as and or not in null true false desc")
                == [
                    .explain, .select, .from, .where, .groupBy, .orderBy, .limit, .letKeyword, .asKeyword, .and, .or,
                    .not, .inKeyword, .null, .trueKeyword, .falseKeyword, .descending,
                ]
        )
        #expect(try kinds("SELECTED in_x asc group by_x order desc_x selectx").allSatisfy { $0 == .identifier })
    }

    @Test(
        "Text that is no token",
        arguments: [
            ";", "@", "#", "$", "!", "~", "?", "^", "&", "é", "\u{A0}", "\u{FEFF}", "\u{0B}", "\0", "``", "`a", "'a",
            "\"a",
            "'a\\", "a & b",
        ]
    )
    func invalid(text: String) {
        #expect(throws: VQLSyntaxError.self) { try kinds(text) }
    }

    @Test("Positions count bytes, lines and code points")
    func positions() throws {
        let tokens = try Lexer.tokens(of: Array("'é😀' a\n\tb".utf8))
        #expect(
            tokens.map(\.range.start) == [
                SourcePosition(byteOffset: 0, line: 1, column: 1), SourcePosition(byteOffset: 9, line: 1, column: 6),
                SourcePosition(byteOffset: 12, line: 2, column: 2), SourcePosition(byteOffset: 13, line: 2, column: 3),
            ]
        )
    }

    @Test("Unterminated openings do not make it slow")
    func unterminated() throws {
        // Were the end of each of these searched for anew, this would look at 10^10 bytes.
        let text = String(repeating: "/* ", count: 100_000)
        #expect(try kinds(text).count == 200_000)
    }
}
