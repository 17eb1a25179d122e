// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol

/// What a stateless client brings back when it repeats a request that asked for input.
struct Interaction: Sendable {
    var responses: JSONObject?
    var state: String?

    static let none = Interaction(responses: nil, state: nil)

    /// The handshake versions know no such parameters and ignore them.
    static func read(_ params: RequestParams, _ request: Request) throws(RPCError) -> Interaction {
        guard request.version.has(.stateless) else { return .none }
        let responses = try params.optionalObject("inputResponses")
        if let responses, !responses.allSatisfy({ $0.value.objectValue != nil }) {
            throw .invalidParams("inputResponses must hold objects")
        }
        return Interaction(responses: responses, state: try params.optionalString("requestState"))
    }
}

extension Interaction {
    /// The same answers with the state that the plugin itself gave out.
    func opened(_ state: String?) -> Interaction {
        Interaction(responses: responses, state: state)
    }

    /// Adds what concerns the plugin to the parameters of its call.
    func addPluginParams(_ params: inout JSONObject) {
        if let responses { params["inputResponses"] = .object(responses) }
        if let state { params["requestState"] = .string(state) }
    }
}

extension Request {
    /// Tells a plugin, in its call's `_meta`, that this client is asked by a result; others are asked while a call runs.
    func addWayOfAsking(_ params: inout JSONObject) {
        guard version.has(.stateless), capabilities.elicitsForms else { return }
        params["_meta"] = ["asks_by_result": true]
    }
}
