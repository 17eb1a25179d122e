// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import PluginManifest

extension Connection {
    func getPrompt(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let name = try params.requiredString("name")
        guard let entry = request.snapshot.prompt(named: name) else {
            throw .invalidParams("Unknown prompt: \(name.shortened)")
        }
        let prompt = entry.contribution
        let arguments = try params.optionalObject("arguments") ?? [:]
        try prompt.check(arguments)
        if let body = prompt.body {
            return answer(request, rendered(prompt, body, arguments, request))
        }
        let inquiry = PluginInquiry(
            method: "prompts/get",
            plugin: entry.pluginID,
            target: name,
            params: ["name": .string(name), "arguments": .object(arguments)],
            interaction: try Interaction.read(params, request)
        )
        try start(inquiry, request) { result, server in try result.promptMessages(request: request, server: server) }
    }

    /// A prompt that is nothing but text with places.
    private func rendered(
        _ prompt: PromptContribution,
        _ body: String,
        _ arguments: JSONObject,
        _ request: Request
    ) -> [UInt8] {
        let standards = Dictionary(prompt.arguments.map { ($0.name, $0.standard) }) { first, _ in first }
        let text = PromptText(body).filled { name in
            let given = arguments[name]?.stringValue ?? ""
            return given.isEmpty ? (standards[name] ?? nil) ?? "" : given
        }
        var result = ResultWriter(request.version, server: server.configuration.implementation)
        result.object.string("description", prompt.description)
        result.object.value(
            "messages",
            [["role": "user", "content": ["type": "text", "text": .string(text)]]]
        )
        return result.finish()
    }
}

extension PromptContribution {
    /// Arguments of prompts are strings, the required ones must be there, and those that are given must fit. Clients send
    /// an empty text for what was left out.
    fileprivate func check(_ values: JSONObject) throws(RPCError) {
        for (name, value) in values where value.stringValue == nil {
            throw .invalidParams("The argument \(name) must be a string")
        }
        let missing = arguments.filter { $0.required && values[$0.name] == nil }.map(\.name)
        guard missing.isEmpty else {
            throw .invalidParams("Missing arguments of the prompt \(name): \(missing.joined(separator: ", "))")
        }
        for argument in arguments {
            guard let value = values[argument.name]?.stringValue, argument.required || !value.isEmpty,
                let fault = argument.fault(in: value)
            else { continue }
            let given = value.shortened
            throw .invalidParams("The argument \(argument.name) of the prompt \(name) is \"\(given)\": \(fault)")
        }
    }
}

extension PluginResult {
    /// The result of `prompts/get`.
    fileprivate func promptMessages(request: Request, server: MCPServer) throws -> [UInt8] {
        guard let messages = try array("messages") else { throw fault("has no messages") }
        for message in messages {
            let value = try JSONValue(json: message)
            let isSound =
                ["user", "assistant"].contains(value["role"]?.stringValue ?? "")
                && value["content"]?["type"]?.stringValue != nil
            guard isSound else { throw fault("has a message without role or content") }
        }
        var result = ResultWriter(
            request.version,
            server: server.configuration.implementation,
            metaMembers: try metaMembers(),
            reserving: bytes.count + 256
        )
        if let description = self["description"], description.kind == .string {
            result.object.raw("description", description)
        }
        if let raw = self["messages"] { result.object.raw("messages", raw) }
        return result.finish()
    }
}
