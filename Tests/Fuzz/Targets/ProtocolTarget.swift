// SPDX-License-Identifier: Apache-2.0

/// Lines from a client.
struct ProtocolTarget: FuzzTarget {
    let name = "protocol"

    private static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
        + #""io.modelcontextprotocol/clientCapabilities":{"elicitation":{},"sampling":{}},"progressToken":"t"}"#

    let seeds: [[UInt8]] = [
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","#
            + #""capabilities":{"elicitation":{}},"clientInfo":{"name":"a","version":"1"}}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        #"{"jsonrpc":"2.0","id":"x","method":"tools/list","params":{"cursor":"746f6f6c73"}}"#,
        #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"abababc"}}}"#,
        #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"delete","arguments":{},"#
            + #""inputResponses":{"a":{"action":"accept"}},"requestState":"00ff",\#(meta)}}"#,
        #"{"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":"test://items/%20x",\#(meta)}}"#,
        #"{"jsonrpc":"2.0","id":5,"method":"resources/subscribe","params":{"uri":"test://info"}}"#,
        #"{"jsonrpc":"2.0","id":6,"method":"prompts/get","params":{"name":"greet","arguments":{"who":"you"}}}"#,
        #"{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"greet"},"#
            + #""argument":{"name":"who","value":"y"},\#(meta)}}"#,
        #"{"jsonrpc":"2.0","id":8,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true,"#
            + #""resourceSubscriptions":["test://info"]},\#(meta)}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8,"reason":"no"}}"#,
        #"{"jsonrpc":"2.0","id":9,"result":{"action":"accept","content":{"ok":true}}}"#,
        #"[{"jsonrpc":"2.0","id":10,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/progress"}]"#,
        #"{"jsonrpc":"2.0","id":11,"method":"server/discover","params":{\#(meta)}}"#,
    ].map { Array($0.utf8) }

    let words = [
        #""method":"#, #""params":"#, #""id":"#, #""id":null"#, #""_meta":{"#, "tools/call", "ping", "initialize",
        #""name":"echo""#, #""arguments":{"#, #""cursor":""#, "2024-11-05", "2025-03-26", "test://items/", #""uri":"#,
    ]

    /// Lines end where a newline stands, as on a real stream.
    func run(_ bytes: [UInt8]) throws {
        let server = ServerUnderTest(answer: Array(#"{"content":[{"type":"text","text":"hi"}]}"#.utf8))
        if bytes.count.isMultiple(of: 2) {
            server.receive(seeds[0])
            server.receive(seeds[1])
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) { server.receive(Array(line)) }
        _ = try server.answers()
    }
}
