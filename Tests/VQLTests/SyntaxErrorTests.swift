// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Syntax errors")
struct SyntaxErrorTests {
    private func error(_ text: String) throws -> VQLSyntaxError {
        try #require(#expect(throws: VQLSyntaxError.self) { try Program(parsing: text) })
    }

    @Test("A caret stands under the place, whatever is before it")
    func carets() throws {
        #expect(try error("SELECT 1 x FROM s").caret(in: "SELECT 1 x FROM s") == "SELECT 1 x FROM s\n         ^")
        let text = "SELECT 1\n\tAS é FROM s"
        #expect(try error(text).caret(in: text) == "\tAS é FROM s\n\t   ^")
        #expect(try error("SELECT 1 FROM").caret(in: "SELECT 1 FROM") == "SELECT 1 FROM\n             ^")
        #expect(try error("").caret(in: "") == "\n^")
    }

    @Test("A caret in another text is nothing")
    func caretElsewhere() throws {
        #expect(try error("\n\n@").caret(in: "") == "")
    }

    @Test("Numbers that LIMIT can not take")
    func limits() throws {
        func message(_ limit: String) throws -> String { try error("SELECT * FROM s LIMIT \(limit)").message }
        #expect(try message("1.5") == #"failed to conform: strconv.ParseInt: parsing "1.5": invalid syntax"#)
        #expect(try message("08") == #"failed to conform: strconv.ParseInt: parsing "08": invalid syntax"#)
        #expect(
            try message("9223372036854775808")
                == #"failed to conform: strconv.ParseInt: parsing "9223372036854775808": value out of range"#
        )
        #expect(try message("1.5 FOO") == #"unexpected token "FOO""#)
    }

    @Test("Tokens are quoted as Go does")
    func quoting() {
        #expect(
            GoQuotation.quote("a\"\\\n\t\u{7F}\u{0B}\u{FEFF}é\u{A0}\u{E000}😀")
                == #""a\"\\\n\t\x7f\v\ufeffé\u00a0\ue000😀""#
        )
        #expect(GoQuotation.quote("\u{1F}\u{10FFFF}") == #""\x1f\U0010ffff""#)
    }

    @Test("Nesting that is too deep says how deep it may be")
    func nesting() throws {
        let text = "SELECT " + String(repeating: "f(a=", count: 300)
        #expect(try error(text).description == "1:1009: nested more than 250 levels deep")
    }
}
