// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@testable import MegaraptorPluginKit

@Suite("A secret in a plugin's hands")
struct SecretTests {
    @Test("Holds what the host gave, as text and as bytes")
    func values() throws {
        let text = try Secret("a", ["value": "hunter2!", "type": "password"])
        #expect(try text.text == "hunter2!" && text.bytes == Array("hunter2!".utf8) && text.type == "password")
        let bytes = try Secret("b", ["value": "/wAB", "base64": true, "type": "ssh_key"])
        #expect(bytes.bytes == [0xFF, 0, 1])
        #expect(throws: MegaraptorError.self) { try bytes.text }
    }

    @Test("Does not show itself, however it is printed")
    func silence() throws {
        let secret = try Secret("a", ["value": "hunter2!", "type": "password"])
        var dumped = ""
        dump(secret, to: &dumped)
        dump([secret], to: &dumped)
        let told = [
            "\(secret)", String(reflecting: secret), "\([secret])", String(describing: Optional(secret)), dumped,
        ]
        for text in told { #expect(!text.contains("hunter2") && !text.contains("104"), "\(text)") }
        #expect(told[0] == "[secret a]")
    }

    @Test(
        "An answer that is none is the host's fault",
        arguments: [[:], ["value": "x"], ["value": "?", "type": "t", "base64": true]] as [JSONValue]
    )
    func broken(answer: JSONValue) {
        #expect(throws: MegaraptorError.self) { try Secret("a", answer) }
    }
}
