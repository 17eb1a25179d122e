// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("What literals stand for")
struct LiteralReadingTests {
    @Test(
        "Numbers follow Go's rules",
        arguments: [
            ("0", .integer(0)), ("010", .integer(8)), ("08", .float(8)), ("010.5", .float(10.5)),
            ("0x1F", .integer(31)),
            ("-0x10", .integer(-16)), (".5", .float(0.5)), ("-.5", .float(-0.5)), ("1e3", .float(1000)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .float(9223372036854775808)), ("1e999", .unparsable), ("1e-999", .float(0)),
            ("0xFFFFFFFFFFFFFFFF", .unparsable), ("-010", .integer(-8)), ("1.50", .float(1.5)),
        ] as [(String, NumberLiteral.Value)]
    )
    func numbers(spelling: String, value: NumberLiteral.Value) {
        #expect(NumberLiteral(spelling: spelling).value == value)
    }

    @Test(
        "Strings are bytes, with the server's escapes",
        arguments: [
            (#"'é😀'"#, Array("é😀".utf8)), (#"'\xc3\xa9\XFF'"#, [0xC3, 0xA9, 0xFF]), (#"'\n\r\t'"#, [10, 13, 9]),
            (#"'\d\.\0\u0041\\\''"#, Array(#"d.0u0041\'"#.utf8)), (#"'abc\x4'"#, Array("abc".utf8)), (#"'\x4'"#, []),
            (#"'\xZZ'"#, Array(#"\xZZ"#.utf8)), (#"'abc\n\xZZz'"#, Array("abc\nnxZZz".utf8)),
            (#"'''\n'''"#, Array(#"\n"#.utf8)),
            ("''''''", []), ("\"a\\\nb\"", Array("a\nb".utf8)), (#"'\x'"#, []),
        ] as [(String, [UInt8])]
    )
    func strings(spelling: String, bytes: [UInt8]) {
        #expect(StringLiteral(spelling: spelling).bytes == bytes)
    }

    @Test("A combining mark does not merge with the backtick before it")
    func combiningMarks() {
        let location = NodeLocation(SourceRange(start: .start, end: .start))
        #expect(Identifier(spelling: "`\u{301}a`", location: location).name == "\u{301}a")
        #expect(
            Identifier(spelling: "`\u{E9}`", location: location)
                != Identifier(spelling: "`e\u{301}`", location: location)
        )
    }
}
