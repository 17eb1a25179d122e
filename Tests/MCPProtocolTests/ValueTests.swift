// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors
import Testing

@Suite("Values of the protocol")
struct ValueTests {
    private static func id(_ text: String) -> RequestID? {
        Array(text.utf8).withUnsafeBytes { RequestID(json: $0) }
    }

    @Test(
        "JSONRPC-02: ids keep their digits and their characters",
        arguments: ["0", "-1", "9007199254740993", "123456789012345678901234567890", #""a""#, #""""#, #""é""#]
    )
    func exactIDs(text: String) {
        #expect(Self.id(text)?.description == text)
    }

    @Test(
        "JSONRPC-03 and JSONRPC-04: what is neither string nor integer is no id",
        arguments: ["1.0", "1e3", "null", "{}", "[]", "true", "-"]
    )
    func noIDs(text: String) {
        #expect(Self.id(text) == nil)
    }

    @Test("JSONRPC-11: an id is the same however its characters are escaped, and never normalised")
    func equality() {
        #expect(Self.id(#""\u0061""#) == RequestID("a"))
        #expect(Self.id("\"e\u{301}\"") != Self.id("\"\u{e9}\""))
        #expect(Self.id("1") == RequestID(1))
        #expect(Self.id("\"1\"") != RequestID(1))
    }

    @Test("LIFE-01 and META-06: each version is known in its own era only")
    func versions() {
        #expect(ProtocolVersion.all.map(\.name) == ProtocolVersion.all.map(\.name).sorted())
        #expect(ProtocolVersion.handshake(named: "2026-07-28") == nil)
        #expect(ProtocolVersion.stateless(named: "2025-11-25") == nil)
        #expect(ProtocolVersion.all.filter { $0.has(.batches) }.map(\.name) == ["2025-03-26"])
    }

    @Test(
        "PAGE-01 and PAGE-02: a cursor reads back as what it was, and nothing else is one",
        arguments: ["", "a", "Ω\u{0}x"]
    )
    func cursors(name: String) {
        let cursor = PageCursor(list: "tools", lastItem: name)
        #expect(PageCursor(token: cursor.token) == cursor)
        #expect(PageCursor(token: cursor.token.uppercased() + "0") == nil)
        #expect(PageCursor(token: "") == nil)
        #expect(PageCursor(token: "ff00ff") == nil, "no UTF-8")
    }

    @Test(
        "ELICIT-02: an empty elicitation capability means forms",
        arguments: [
            ([:], false, false), (["elicitation": [:]], true, false), (["elicitation": ["form": [:]]], true, false),
            (["elicitation": ["url": [:]]], false, true), (["elicitation": ["url": [:], "form": [:]]], true, true),
            (["elicitation": true], false, false),
        ] as [(JSONObject, Bool, Bool)]
    )
    func capabilities(object: JSONObject, forms: Bool, urls: Bool) {
        #expect(ClientCapabilities(object) == ClientCapabilities(elicitsForms: forms, elicitsURLs: urls))
    }

    @Test("JSONRPC-16 and RES-10: every failure has a code of its version", arguments: MegaraptorError.Code.allCases)
    func errorTable(code: MegaraptorError.Code) {
        let failure = MegaraptorError(code, "What.", hint: "Then.")
        for version in ProtocolVersion.all {
            let error = ErrorMapping.rpcError(failure, version: version, uri: "x:y")
            let isNotFound = code == .notFound && !version.has(.stateless)
            #expect((error.code == .resourceNotFound) == isNotFound)
            if code == .internal { #expect(error == .unexpected) } else { #expect(error.message == "What. Then.") }
        }
    }

    @Test(
        "TOOL-16: a failure as a tool's result is text to act on, with structure where that fits",
        arguments: [true, false]
    )
    func toolFailure(isStructured: Bool) throws {
        let failure = MegaraptorError(.conflict, "Taken.", hint: "Choose another.")
        let result = try JSONValue(json: ErrorMapping.toolResult(failure, structured: isStructured))
        #expect(result["isError"] == true)
        #expect(result["content"] == [["type": "text", "text": "conflict: Taken. Choose another."]])
        #expect(result["structuredContent"] == (isStructured ? .some(failure.json) : .none))
    }

    @Test("STDIO-01: messages are one line of JSON whatever they carry")
    func oneLine() throws {
        var output: [UInt8] = []
        let error = RPCError(.invalidParams, "a\nb\u{2028}", data: "c\r\n")
        OutgoingMessage.appendError(error, id: RequestID("x\ny"), to: &output)
        #expect(!output.contains(0x0A) && !output.contains(0x0D))
        #expect(try JSONValue(json: output)["error"]?["message"] == "a\nb\u{2028}")
    }
}
