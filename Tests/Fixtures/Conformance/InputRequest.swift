// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

/// One question of an `input_required` result.
enum InputRequest {
    static func form(_ message: String, _ field: String, _ type: String = "string") -> JSONValue {
        [
            "method": "elicitation/create",
            "params": [
                "message": .string(message),
                "requestedSchema": [
                    "type": "object", "properties": .object([field: ["type": .string(type)]]),
                    "required": [.string(field)],
                ],
            ],
        ]
    }

    static func sample(_ text: String, _ tokens: Int) -> JSONValue {
        [
            "method": "sampling/createMessage",
            "params": [
                "messages": [["role": "user", "content": ["type": "text", "text": .string(text)]]],
                "maxTokens": JSONValue(tokens),
            ],
        ]
    }

    static let roots: JSONValue = ["method": "roots/list", "params": [:]]

    static func result(_ requests: JSONObject, state: String? = nil) -> ToolResult {
        var result: JSONObject = ["resultType": "input_required", "inputRequests": .object(requests)]
        if let state { result["requestState"] = .string(state) }
        return ToolResult(rawJSON: JSONValue.object(result).jsonBytes())
    }
}

extension CallContext {
    /// What the person wrote into a field of a question that was accepted.
    func accepted(_ question: String, _ field: String) -> JSONValue? {
        guard let answer = inputResponses?[question], answer["action"] == "accept" else { return nil }
        return answer["content"]?[field]
    }
}
