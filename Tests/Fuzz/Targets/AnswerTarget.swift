// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What plugins answer.
struct AnswerTarget: FuzzTarget {
    let name = "answers"

    let seeds: [[UInt8]] = [
        #"{"content":[{"type":"text","text":"hello"}],"structuredContent":{"n":1},"isError":false}"#,
        #"{"content":[{"type":"image","data":"AAAA","mimeType":"image/png"},{"type":"resource","#
            + #""resource":{"uri":"test://a","text":"x"}}],"_meta":{"a":1}}"#,
        #"{"contents":[{"uri":"test://info","mimeType":"text/plain","text":"x"},{"uri":"test://b","blob":"AAAA"}]}"#,
        #"{"description":"d","messages":[{"role":"user","content":{"type":"text","text":"x"}}]}"#,
        #"{"values":["a","b"],"total":2,"hasMore":false}"#,
        #"{"resultType":"input_required","requestState":"s","inputRequests":{"q":{"method":"elicitation/create","#
            + #""params":{"message":"?","requestedSchema":{"type":"object","properties":{"a":{"type":"string"}}}}}}}"#,
    ].map { Array($0.utf8) }

    let words = [
        #""content":["#, #""structuredContent":"#, #""isError":true"#, #""resultType":"input_required""#, #""type":"#,
        #""text":"#, #""_meta":{"#, #""requestState":"#, #""inputRequests":{"#, #""messages":["#, #""values":["#,
    ]

    private static let meta = ProtocolTarget().seeds[4]

    /// Each request gets exactly one answer, whatever its plugin said.
    func run(_ bytes: [UInt8]) throws {
        let server = ServerUnderTest(answer: bytes)
        let requests = ProtocolTarget().seeds
        server.receive(requests[0])
        server.receive(requests[1])
        for place in [3, 5, 8] { server.receive(requests[place]) }
        server.receive(Array(#"{"jsonrpc":"2.0","id":20,"method":"prompts/get","params":{"name":"coded"}}"#.utf8))
        var ids = Set<Int64>()
        // Calls run beside the reader, so their answers may come behind the last one's.
        while !ids.isSuperset(of: [2, 4, 7, 20]) {
            let messages = try server.answers()
            let answered = messages.compactMap { $0["method"] == nil ? $0["id"]?.integerValue : nil }
            ids = Set(answered)
            guard answered.count == ids.count else { throw BrokenPromise("a request was answered twice") }
        }
    }
}
