// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import AWSClient

@Suite("Answers in XML")
struct XMLTests {
    private func read(_ text: String) throws -> XMLNode { try XMLReader.read(Array(text.utf8)) }

    @Test("elements, lists of both spellings, text with entities and CDATA, without namespaces")
    func elements() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <a:R xmlns:a="urn:x"><Set><item><Id>1</Id></item><item/></Set>
              <List><member>x</member></List><Text>1 &lt; 2 &#228;<![CDATA[<&>]]></Text><Empty/></a:R>
            """
        )
        #expect(root.name == "R")
        #expect(root.list("Set").count == 2)
        #expect(root.list("Set").first?.text("Id") == "1")
        #expect(root.list("List").map(\.text) == ["x"])
        #expect(root.text("Text") == "1 < 2 ä<&>")
        #expect(root.text("Empty") == nil)
        #expect(root.list("None").isEmpty)
    }

    @Test("entities of one's own, documents that are cut, and great depth are refused")
    func refused() {
        let texts = [
            #"<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>"#,
            #"<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r/>"#, "<r><a></r>", "<r>", "", "{}",
            String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
        ]
        for text in texts {
            let error = #expect(throws: MegaraptorError.self) { try read(text) }
            #expect(error?.code == .unavailable, "\(text)")
        }
    }

    @Test("the date that a server sends")
    func dates() {
        #expect(HTTPDate.unixSeconds("Fri, 15 Jan 2027 08:00:00 GMT") == TestClock.now)
        #expect(HTTPDate.unixSeconds("Friday, 15-Jan-27 08:00:00 GMT") == nil)
    }
}
