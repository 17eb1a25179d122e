// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors

extension PluginResult {
    /// A plugin's question to the person behind a stateless client, checked and with its state sealed.
    func inputRequired(request: Request, binding: Binding, server: MCPServer) throws -> [UInt8] {
        guard request.version.has(.stateless) else {
            throw fault("is an input_required result, which only stateless clients understand")
        }
        let questions = try readQuestions()
        let state = try self["requestState"].map { raw in
            guard let text = try JSONValue(json: raw).stringValue else {
                throw fault("has a requestState that is no string")
            }
            return text
        }
        guard questions != nil || state != nil else { throw fault("asks for input without saying which") }
        for question in questions ?? [:] { try check(question.value, request) }
        var result = ResultWriter(
            request.version,
            kind: .inputRequired,
            server: server.configuration.implementation,
            metaMembers: try metaMembers()
        )
        if let questions { result.object.value("inputRequests", .object(questions)) }
        let sealed = SealedState.plugin(state)
        result.object.string("requestState", try sealed.sealed(for: binding, with: server.confirmations))
        return result.finish()
    }

    private func readQuestions() throws -> JSONObject? {
        guard let raw = self["inputRequests"] else { return nil }
        guard let object = try JSONValue(json: raw).objectValue, !object.isEmpty else {
            throw fault("has inputRequests that are no object with members")
        }
        return object
    }

    /// Only what clients can be asked is passed on, and only what this very request declares (MRTR-03).
    private func check(_ question: JSONValue, _ request: Request) throws {
        let params = question["params"]?.objectValue ?? [:]
        switch question["method"]?.stringValue {
        case "elicitation/create": try checkElicitation(params, request)
        case "sampling/createMessage":
            guard params["messages"]?.arrayValue?.isEmpty == false else { throw fault("samples without messages") }
            try demand(request.capabilities.samples, ["sampling": [:]])
        case "roots/list": try demand(request.capabilities.listsRoots, ["roots": [:]])
        default: throw fault("asks for something that clients do not know")
        }
    }

    private func checkElicitation(_ params: JSONObject, _ request: Request) throws {
        let wantsURL = params["mode"]?.stringValue == "url"
        if !wantsURL, let problem = ElicitationForm.fault(in: params["requestedSchema"] ?? nil) {
            throw fault("cannot be shown: \(problem)")
        }
        let isDeclared = wantsURL ? request.capabilities.elicitsURLs : request.capabilities.elicitsForms
        try demand(isDeclared, ["elicitation": wantsURL ? ["url": [:]] : [:]])
    }

    private func demand(_ isDeclared: Bool, _ capability: JSONValue) throws {
        guard !isDeclared else { return }
        throw RPCError(
            .missingClientCapability,
            "This request needs a capability that the client does not declare",
            data: ["requiredCapabilities": capability]
        )
    }
}
