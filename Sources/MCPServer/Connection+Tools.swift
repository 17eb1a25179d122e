// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors

extension Connection {
    func callTool(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let name = try params.requiredString("name")
        let arguments = params["arguments"]
        if let arguments, arguments.kind != .object { throw .invalidParams("arguments must be an object") }
        guard let tool = request.snapshot.tool(named: name) else {
            throw .invalidParams("Unknown tool: \(name.shortened)")
        }
        let call = ToolCall(
            tool: tool,
            request: request,
            rawArguments: arguments.map { Array($0) },
            interaction: try Interaction.read(params, request),
            connection: self
        )
        try calls.start(RunningCall(request, on: self)) { await call.run($0) }
    }

    /// Asks the user in a handshake session; `nil` where that is impossible.
    func elicit(for request: Request) -> PluginCallContext.Elicit? {
        guard !request.version.has(.stateless), request.version.has(.elicitation),
            request.capabilities.elicitsForms, session?.isInitialized == true
        else { return nil }
        let timeout = server.configuration.elicitationTimeout
        return { [serverRequests] message, schema throws(MegaraptorError) in
            if let fault = ElicitationForm.fault(in: schema) {
                throw MegaraptorError(.invalidArgument, "The user cannot be asked: \(fault).")
            }
            var params = ObjectWriter()
            if request.version.has(.richImplementation) { params.string("mode", "form") }
            params.string("message", message)
            params.value("requestedSchema", schema)
            return try await serverRequests.ask("elicitation/create", params: params.finish(), timeout: timeout)
        }
    }

    func context(for call: RunningCall) -> PluginCallContext {
        PluginCallContext(progress: call.progressReporter, elicit: elicit(for: call.request))
    }
}
