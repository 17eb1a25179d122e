// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import JSONValue

@Suite("Regular expressions in linear time")
struct PatternTests {
    private static let cases: [(String, [String], [String])] = [
        ("", ["", "x"], []), ("abc", ["abc", "xabcx"], ["ab", "acb"]), ("^abc$", ["abc"], ["xabc", "abcx", ""]),
        ("a|bc|", ["a", ""], []), ("^(a|bc)$", ["a", "bc"], ["ab", "b"]), ("^a*b+c?$", ["b", "aabbc"], ["a", "bcc"]),
        ("^a{2}$", ["aa"], ["a", "aaa"]), ("^a{1,}$", ["a", "aaaa"], [""]), ("^a{1,3}?$", ["a", "aaa"], ["", "aaaa"]),
        ("^(ab){0,2}$", ["", "ab", "abab"], ["aba", "ababab"]), ("^a{,2}$", ["a{,2}"], ["aa"]), ("^x{$", ["x{"], ["x"]),
        ("^[a-c1]+$", ["abc1"], ["d", "-"]), ("^[^a-c]$", ["d", "é"], ["a", ""]), ("^[-a]$", ["-", "a"], ["b"]),
        ("^[a\\-z]$", ["a", "-", "z"], ["b"]), ("^[\\w.-]+$", ["a-b.c_9"], ["a b"]), ("^[\\w-.]$", ["-", "."], [","]),
        ("^[]$", [], ["", "]"]), ("^[^]$", ["a", "\n"], [""]), ("^[\\D]$", ["a"], ["1"]),
        ("^[^\\W\\d]$", ["a"], ["1", "-"]),
        ("^\\d\\D\\w\\W\\s\\S$", ["1a_- x"], ["11_- x"]), ("^.$", ["a", "é", "😀"], ["\n", "\u{2028}", ""]),
        ("\\bfoo\\b", ["a foo b", "foo"], ["food", "afoo"]), ("a\\Bb", ["ab"], ["a b"]),
        ("^\\u0041\\x42\\u{1F600}\\ud83d\\ude00\\t\\cA\\0$", ["AB😀😀\t\u{1}\0"], ["AB"]),
        ("^\\p{Lu}\\p{L}\\P{L}\\p{General_Category=Decimal_Number}$", ["Éa-٣", "AB 1"], ["éa-1", "Éa-x"]),
        ("^\\.\\*\\/\\$\\-$", [".*/$-"], ["a"]), ("^(?:a)(?<name>b)$", ["ab"], ["a"]),
        ("^((a|)*)*$", ["", "aaa"], ["b"]),
        ("^e\u{301}$", ["e\u{301}"], ["é"]), ("^[\u{1F600}-\u{1F64F}]$", ["😀"], ["a"]),
        ("a$|^b", ["xa", "bx"], ["ax", "xb"]),
    ]

    @Test("Expressions match what they should and nothing else", arguments: cases)
    func matching(source: String, accepted: [String], refused: [String]) throws {
        let pattern = try Pattern(source)
        for text in accepted { #expect(pattern.matches(text), "\(source) matches \(text)") }
        for text in refused { #expect(!pattern.matches(text), "\(source) does not match \(text)") }
    }

    @Test(
        "What is not supported or not an expression is refused",
        arguments: [
            "(", ")", "a)", "[a", "*a", "a**", "a+*", "\\", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?<n", "(a)\\1",
            "\\q",
            "a{2,1}", "a{1001}", "[z-a]", "\\u12", "\\u{110000}", "\\ud800", "\\p{Nonsense}", "\\pL", "^*", "\\b+",
            "((a{1000}){1000})", String(repeating: "(", count: 200) + String(repeating: ")", count: 200),
        ]
    )
    func refusals(source: String) {
        #expect(throws: PatternError.self) { try Pattern(source) }
    }

    @Test("Expressions that ruin a backtracking matcher end at once")
    func hostile() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        for source in ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*)*$x", "(x+x+)+y"] {
            #expect(try !Pattern(source).matches(text), "\(source)")
        }
    }
}
