// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Base64 is that of RFC 4648")
struct Base64Tests {
    static let examples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test("The standard's own examples, both ways", arguments: examples)
    func standard(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test("The two alphabets differ in two characters")
    func alphabets() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(Base64.encode(bytes) == "++//" && Base64.encode(bytes, .url) == "--__")
        #expect(Base64.decode("--__".utf8, .url) == bytes && Base64.decode("--__".utf8) == nil)
    }

    @Test("All bytes at all lengths come back")
    func roundTrip() {
        for length in 0...257 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
            #expect(Base64.decode(Base64.encode(bytes, .url).utf8, .url) == bytes)
        }
    }

    @Test(
        "What no encoder writes is refused",
        arguments: ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "====", "Z===", "Zm 9v", "Zg==Zg==", "Zm9v\n", "Zmé="]
    )
    func refused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
