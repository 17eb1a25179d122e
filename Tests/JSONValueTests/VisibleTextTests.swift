// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Text from elsewhere")
struct VisibleTextTests {
    @Test(
        "characters that move, hide or turn text are shown as escapes",
        arguments: [
            ("plain text, größer, 日本, 😀", "plain text, größer, 日本, 😀"),
            ("\u{1B}[2J", "\\u001b[2J"),
            ("a\u{202E}b\u{2066}c\u{200B}d", "a\\u202eb\\u2066c\\u200bd"),
            ("\u{7F}\u{85}\u{AD}\u{FEFF}", "\\u007f\\u0085\\u00ad\\ufeff"),
            ("\u{E0041}", "\\udb40\\udc41"),
            ("a\r\nb", "a\\u000d\\u000ab"),
            ("\u{2028}", "\\u2028"),
            ("", ""),
        ]
    )
    func escapes(text: String, shown: String) {
        #expect(VisibleText.escape(text) == shown)
    }

    @Test("an escape within JSON is the character that it replaces")
    func withinJSON() throws {
        let row = JSONValue.object(["name": "a\u{202E}\u{E0041}b"])
        let shown = VisibleText.escape(String(decoding: row.jsonBytes(), as: UTF8.self))
        #expect(try JSONValue(json: shown) == row)
    }
}
