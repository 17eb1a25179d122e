// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// One question of the demo's assistant and the request that puts it.
struct DemoStep {
    let question: String
    let method: String
    /// Texts may hold `{name}`, which stands for what an earlier answer brought.
    let params: JSONValue
    var expectsError = false
    /// What is kept of the answer: a name, and the place in its structured content.
    var keeps: [(name: String, path: [String])] = []
    /// Whether the answer is final; until then the call is repeated.
    var isReady: @Sendable (JSONValue) -> Bool = { _ in true }

    static func tool(
        _ question: String,
        _ name: String,
        _ arguments: JSONValue,
        expectsError: Bool = false,
        keeps: [(name: String, path: [String])] = [],
        until isReady: @escaping @Sendable (JSONValue) -> Bool = { _ in true }
    ) -> DemoStep {
        DemoStep(
            question: question,
            method: "tools/call",
            params: ["name": .string(name), "arguments": arguments],
            expectsError: expectsError,
            keeps: keeps,
            isReady: isReady
        )
    }

    static func resource(_ question: String, _ uri: String) -> DemoStep {
        DemoStep(question: question, method: "resources/read", params: ["uri": .string(uri)])
    }

    /// The request as a person would write it.
    static func call(_ method: String, _ params: JSONValue) -> String {
        if let uri = params["uri"]?.stringValue { return "read \(uri)" }
        let arguments = params["arguments"]?.objectValue ?? [:]
        let list = arguments.map { "\($0.key): \($0.value.stringValue ?? $0.value.json())" }
        return "\(params["name"]?.stringValue ?? method)(\(list.joined(separator: ", ")))"
    }

    static func text(of answer: JSONValue) -> String {
        let blocks = answer["content"]?.arrayValue ?? answer["contents"]?.arrayValue ?? []
        return blocks.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    }
}
