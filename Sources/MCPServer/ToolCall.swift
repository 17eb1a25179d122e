// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import MegaraptorErrors
import PluginManifest

/// One `tools/call` on its way: arguments, consent, plugin, result.
struct ToolCall: Sendable {
    let tool: PublishedTool
    let request: Request
    let rawArguments: [UInt8]?
    let interaction: Interaction
    let connection: Connection

    var server: MCPServer { connection.server }
    private var implementation: Implementation { server.configuration.implementation }

    func run(_ call: RunningCall) async -> RunningCall.Outcome {
        do {
            return .success(try await outcome(call))
        } catch let error as RPCError {
            return .failure(error)
        } catch let failure as MegaraptorError {
            return reported(failure)
        } catch {
            server.configuration.log("tools/call \(tool.contribution.name): \(error)")
            return .failure(.unexpected)
        }
    }

    private func outcome(_ call: RunningCall) async throws -> [UInt8] {
        var arguments = try parsedArguments()
        let token = tool.confirmationProperty.flatMap { arguments.take($0) }
        switch try tool.check(arguments) {
        case .success(let completed): arguments = completed
        case .failure(let fault): return try shape(ErrorMapping.toolResult(text: fault.message))
        }
        // What a tool without code does stands in its entry: a token is for that too.
        let target = tool.contribution.name + (tool.contribution.run.map { "\n\($0.json())" } ?? "")
        let binding = Binding(request: "tools/call", plugin: tool.pluginID, target: target, arguments)
        var params: JSONObject = ["name": .string(tool.contribution.name), "arguments": .object(arguments)]
        var description = description(arguments)
        switch try await consent(token: token, arguments, binding, &description) {
        case .given(let interaction): interaction.addPluginParams(&params)
        case .answer(let result): return result
        }
        try requireUnchanged()
        request.addWayOfAsking(&params)
        let sent = JSONValue.object(params)
        let result = try await server.recorded(description) { () async throws(MegaraptorError) in
            let bytes = try await server.plugins.call(
                plugin: tool.pluginID,
                method: "tools/call",
                params: sent,
                context: connection.context(for: call)
            )
            return try PluginResult(bytes, plugin: tool.pluginID)
        }
        return try shape(result, binding: binding)
    }

    /// A person may take long to agree, and then agrees to what was shown.
    private func requireUnchanged() throws(MegaraptorError) {
        guard tool.confirmationProperty != nil else { return }
        let now = server.snapshot.tool(named: tool.contribution.name)
        guard now?.contribution != tool.contribution || now?.pluginID != tool.pluginID else { return }
        throw MegaraptorError(
            .conflict,
            "The tool \(tool.contribution.name) was changed or switched off while its confirmation was awaited.",
            hint: "Nothing has been done. Ask for the list of tools again."
        )
    }

    private func description(_ arguments: JSONObject) -> CallDescription {
        CallDescription(
            method: "tools/call",
            target: tool.contribution.name,
            plugin: tool.pluginID,
            rule: request.snapshot.catalog.rules[tool.contribution.name] ?? "",
            consent: tool.contribution.annotations.readOnly ? .notNeeded : .notAsked,
            arguments: arguments,
            changes: !tool.contribution.annotations.readOnly,
            version: request.version.name,
            client: request.client
        )
    }

    private func parsedArguments() throws -> JSONObject {
        guard let rawArguments else { return [:] }
        return try JSONValue(json: rawArguments).objectValue ?? [:]
    }

    private func reported(_ failure: MegaraptorError) -> RunningCall.Outcome {
        do {
            let isStructured = tool.outputSchema(in: request.version) == nil
            return .success(try shape(ErrorMapping.toolResult(failure, structured: isStructured)))
        } catch {
            return .failure(.unexpected)
        }
    }

    /// Brings a result of the server's own into the form of the client's version.
    func shape(_ result: [UInt8]) throws -> [UInt8] {
        try shape(PluginResult(result, plugin: tool.pluginID), binding: nil)
    }

    private func shape(_ result: PluginResult, binding: Binding?) throws -> [UInt8] {
        try result.toolResult(tool, request: request, binding: binding, server: server)
    }
}
