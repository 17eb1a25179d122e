// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import XMLReading

@Suite("Answers in XML")
struct XMLReaderTests {
    private func read(_ text: String) throws -> XMLNode { try XMLReader.read(Array(text.utf8), from: "a service") }

    @Test("elements, text with entities and CDATA, without namespaces")
    func elements() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <a:R xmlns:a="urn:x"><Set><item><Id>1</Id></item><item/></Set>
              <List><member>x</member></List><Text>1 &lt; 2 &#228;<![CDATA[<&>]]></Text><Empty/></a:R>
            """
        )
        #expect(root.name == "R")
        #expect(root["Set"]?.children.map(\.name) == ["item", "item"])
        #expect(root["Set"]?["item"]?.text("Id") == "1")
        #expect(root.text("Text") == "1 < 2 ä<&>")
        #expect(root.text("Empty") == nil)
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

    @Test("attributes are kept by their own names")
    func attributes() throws {
        let root = try read(#"<w:S xmlns:w="urn:w"><w:Selector Name="ShellId" w:Kind="a&amp;b">1</w:Selector></w:S>"#)
        #expect(root["Selector"]?.attributes["Name"] == "ShellId")
        #expect(root["Selector"]?.attributes["w:Kind"] == "a&b")
    }
}
