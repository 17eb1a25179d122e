// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors

/// A call of a plugin that is no tool: a failure is a JSON-RPC error.
struct PluginInquiry: Sendable {
    var method: String
    var plugin: String
    /// The resource or prompt that is asked for.
    var target: String
    var params: JSONObject
    var interaction = Interaction.none
    /// The address to name when the answer is "not found".
    var resource: String?
    /// Stands in for the answer of a plugin that does not know the method.
    var answerIfUnsupported: JSONValue?

    var binding: Binding { Binding(request: method, plugin: plugin, target: target, params) }
}

extension Connection {
    /// Asks a plugin and sends what `shape` makes of its answer.
    func start(
        _ inquiry: PluginInquiry,
        _ request: Request,
        shape: @escaping @Sendable (PluginResult, MCPServer) throws -> [UInt8]
    ) throws(RPCError) {
        try calls.start(RunningCall(request, on: self)) { [self] call in
            do {
                return .success(try await answer(to: inquiry, call, shape))
            } catch let error as RPCError {
                return .failure(error)
            } catch let failure as MegaraptorError {
                server.configuration.log("\(inquiry.method) \(inquiry.target): \(failure)")
                return .failure(
                    ErrorMapping.rpcError(failure, version: request.version, uri: inquiry.resource)
                )
            } catch {
                server.configuration.log("\(inquiry.method) \(inquiry.target): \(error)")
                return .failure(.unexpected)
            }
        }
    }

    private func answer(
        to inquiry: PluginInquiry,
        _ call: RunningCall,
        _ shape: @Sendable (PluginResult, MCPServer) throws -> [UInt8]
    ) async throws -> [UInt8] {
        var params = inquiry.params
        var interaction = inquiry.interaction
        if let token = interaction.state {
            let state = try SealedState(opening: token, for: inquiry.binding, with: server.confirmations)
            guard case .plugin(let inner) = state else { throw SealedState.refusal }
            interaction = interaction.opened(inner)
        }
        interaction.addPluginParams(&params)
        call.request.addWayOfAsking(&params)
        let sent = params
        let result = try await recorded(inquiry, call.request) { () async throws(MegaraptorError) in
            try PluginResult(try await bytes(for: inquiry, sent, call), plugin: inquiry.plugin)
        }
        if try result.asksForInput() {
            return try result.inputRequired(request: call.request, binding: inquiry.binding, server: server)
        }
        return try shape(result, server)
    }

    /// Proposals of values are no calls: a client asks for them while a person types.
    private func recorded(
        _ inquiry: PluginInquiry,
        _ request: Request,
        _ work: () async throws(MegaraptorError) -> PluginResult
    ) async throws(MegaraptorError) -> PluginResult {
        guard inquiry.method != "completion/complete" else { return try await work() }
        let description = CallDescription(
            method: inquiry.method,
            target: inquiry.target,
            plugin: inquiry.plugin,
            rule: "",
            consent: .notNeeded,
            arguments: inquiry.params["arguments"]?.objectValue ?? [:],
            changes: false,
            version: request.version.name,
            client: request.client
        )
        return try await server.recorded(description, work)
    }

    private func bytes(
        for inquiry: PluginInquiry,
        _ params: JSONObject,
        _ call: RunningCall
    ) async throws(MegaraptorError) -> [UInt8] {
        do {
            return try await server.plugins.call(
                plugin: inquiry.plugin,
                method: inquiry.method,
                params: .object(params),
                context: context(for: call)
            )
        } catch {
            guard error.code == .unsupported, let answer = inquiry.answerIfUnsupported else { throw error }
            return answer.jsonBytes()
        }
    }
}
