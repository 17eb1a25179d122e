// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import PluginHost

@Suite("A secret that was given to a plugin is taken out of texts")
struct RedactorTests {
    private func redactor(_ secrets: [String: String]) -> Redactor {
        let redactor = Redactor()
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) { redactor.add(Array(value.utf8), name: name) }
        return redactor
    }

    @Test("Before one was given nothing is touched")
    func idle() {
        let redactor = Redactor()
        #expect(redactor.redact("hunter2!") == "hunter2!")
        #expect(redactor.redact(json: Array("{\"a\":\"\\u0041\"}".utf8)) == Array("{\"a\":\"\\u0041\"}".utf8))
    }

    static let value = "p/ä\"s s+w\\1?"

    /// What others' encoders make of the value.
    static let forms: [String] = {
        let data = Data(value.utf8)
        let hexadecimal = data.map { String(format: "%02x", $0) }.joined()
        let base64 = data.base64EncodedString()
        let url = base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        return [
            value, "p/ä\\\"s s+w\\\\1?", "p\\/ä\\\"s s+w\\\\1?", base64, url,
            url.trimmingCharacters(in: CharacterSet(charactersIn: "=")), hexadecimal, hexadecimal.uppercased(),
            "p%2F%C3%A4%22s%20s%2Bw%5C1%3F", "p%2f%c3%a4%22s%20s%2bw%5c1%3f", "p%2F%C3%A4%22s+s%2Bw%5C1%3F",
            "p/%C3%A4%22s%20s%2Bw%5C1%3F",
        ]
    }()

    @Test("As it is and in the usual encodings, wherever it stands", arguments: forms)
    func encodings(form: String) {
        let redactor = redactor(["db": Self.value])
        #expect(redactor.redact(form) == "[secret db]")
        #expect(redactor.redact("é\(form)\(form).") == "é[secret db][secret db].")
    }

    @Test("In base64 together with what stands before and after it")
    func inside() {
        let redactor = redactor(["db": "correct-horse"])
        for before in ["", "u", "us", "use", "user:"] {
            for after in ["", "x", "xy", "xyz"] {
                let encoded = Data("\(before)correct-horse\(after)".utf8).base64EncodedString()
                let redacted = redactor.redact("Basic \(encoded)")
                #expect(redacted.contains("[secret db]"), "\(before) \(after) \(redacted)")
                // What is left shares at most a character at each end with the value.
                let left = redacted.replacingOccurrences(of: "[secret db]", with: "").count - "Basic ".count
                #expect(left <= (before.count + after.count) * 4 / 3 + 6)
            }
        }
    }

    @Test("Secrets that overlap or lie in each other leave nothing of any")
    func overlaps() {
        let redactor = redactor(["a": "abcdef", "b": "defghi", "c": "cdef"])
        #expect(redactor.redact("xabcdefghix") == "x[secret a]x")
        #expect(redactor.redact("xcdefx") == "x[secret c]x")
        #expect(redactor.redact("abcabcdef") == "abc[secret a]")
        #expect(redactor.redact("cdefghi") == "[secret c]")
        #expect(redactor.redact("abcde") == "abcde")
    }

    @Test("A value that was changed stays known beside the new one")
    func changed() {
        let redactor = redactor(["a": "first-value"])
        redactor.add(Array("second-value".utf8), name: "a")
        redactor.add(Array("second-value".utf8), name: "a")
        #expect(redactor.redact("first-value second-value") == "[secret a] [secret a]")
    }

    @Test("In JSON whatever its writer escaped, in names too, and as a number")
    func json() throws {
        let redactor = redactor(["a": "pass/wörd", "pin": "12345678"])
        let written = """
            {"pass\\/w\\u00f6rd": ["\\u0070ass/w\\u00F6rd", 12345678, "x 12345678"], "n": 91234567890, "b": true,
             "inner": "{\\"v\\":\\"pass\\\\/wörd\\"}"}
            """
        let redacted = try JSONValue(json: redactor.redact(json: Array(written.utf8)))
        #expect(
            redacted == [
                "[secret a]": ["[secret a]", "[secret pin]", "x [secret pin]"], "n": "9[secret pin]90", "b": true,
                "inner": "{\"v\":\"[secret a]\"}",
            ]
        )
    }

    @Test("A document without secrets stays byte for byte; one that is no JSON is searched all the same")
    func documents() {
        let redactor = redactor(["a": "pass/word"])
        for text in ["{ \"a\" : \"\\u0041\\n\" , \"n\": 1.50 }", "{\"b\":1}", "\\"] {
            #expect(redactor.redact(json: Array(text.utf8)) == Array(text.utf8))
        }
        #expect(redactor.redact(json: Array("{\"pass/word".utf8)) == Array("{\"[secret a]".utf8))
    }

    @Test("Every part of an error")
    func errors() {
        let redactor = redactor(["a": "pass-word"])
        let error = MegaraptorError(
            .unavailable,
            "1 pass-word",
            hint: "2 pass-word",
            cause: "3 pass-word",
            retryable: true,
            details: ["pass-word": ["pass-word"]]
        )
        let redacted = redactor.redact(error)
        #expect(!"\(redacted) \(redacted.json.json())".contains("pass-word"))
        #expect(redacted.message == "1 [secret a]" && redacted.code == .unavailable && redacted.retryable)
    }

    @Test("A key is found with and without its line end, and line by line")
    func keys() {
        let line = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ"
        let redactor = redactor(["key": "-----BEGIN KEY-----\n\(line)\n\(line.reversed())\n-----END KEY-----\n"])
        #expect(redactor.redact("info: \(line)") == "info: [secret key]")
        #expect(redactor.redact("-----BEGIN KEY-----") == "-----BEGIN KEY-----")
        redactor.add(Array("token-value\n".utf8), name: "token")
        #expect(redactor.redact("<token-value>") == "<[secret token]>")
        #expect(redactor.redact(Data("token-value".utf8).base64EncodedString()) == "[secret token]")
    }

    @Test("Bytes that are no text are found as others show them")
    func bytes() {
        let redactor = Redactor()
        let value: [UInt8] = [0x61, 0x62, 0xFF, 0x63, 0x64, 0x00, 0x80]
        redactor.add(value, name: "raw")
        for form in [String(decoding: value, as: UTF8.self), "6162ff63640080", Data(value).base64EncodedString()] {
            #expect(redactor.redact("<\(form)>") == "<[secret raw]>")
        }
    }
}
