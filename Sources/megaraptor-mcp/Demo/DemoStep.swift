// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// One question of the demo's assistant and the request that puts it.
struct DemoStep {
    let question: String
    let method: String
    let params: JSONValue
    var expectsError = false

    static func tool(
        _ question: String,
        _ name: String,
        _ arguments: JSONValue,
        expectsError: Bool = false
    ) -> DemoStep {
        DemoStep(
            question: question,
            method: "tools/call",
            params: ["name": .string(name), "arguments": arguments],
            expectsError: expectsError
        )
    }

    static func resource(_ question: String, _ uri: String) -> DemoStep {
        DemoStep(question: question, method: "resources/read", params: ["uri": .string(uri)])
    }

    /// The request as a person would write it.
    var call: String {
        if let uri = params["uri"]?.stringValue { return "read \(uri)" }
        let arguments = params["arguments"]?.objectValue ?? [:]
        let list = arguments.map { "\($0.key): \($0.value.stringValue ?? $0.value.json())" }
        return "\(params["name"]?.stringValue ?? method)(\(list.joined(separator: ", ")))"
    }

    func text(of answer: JSONValue) -> String {
        let blocks = answer["content"]?.arrayValue ?? answer["contents"]?.arrayValue ?? []
        return blocks.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    }
}
