// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import Synchronization

extension Connection {
    /// Finds out which era and version a request belongs to, and serves it.
    func dispatch(
        id: RequestID,
        method name: String,
        params: RequestParams,
        reply: ReplyChannel
    ) throws(RPCError) {
        if let meta = params.meta, params.isStateless {
            if case .batch = reply { throw RPCError(.invalidRequest, "A stateless request cannot be part of a batch") }
            let context = try RequestMeta(meta)
            let request = request(id, context.version, context.capabilities, context.client, params, reply)
            return try serve(request, name, params)
        }
        if name == Method.initialize.rawValue {
            return try initialize(id: id, params: params, reply: reply)
        }
        if let session {
            let request = request(id, session.version, session.capabilities, session.client, params, reply)
            return try serve(request, name, params)
        }
        guard name == Method.ping.rawValue else {
            throw .invalidParams(
                """
                No context: send "initialize" first, or give every request a _meta with \
                \(MetaKey.protocolVersion) and \(MetaKey.clientCapabilities)
                """
            )
        }
        acknowledge(request(id, .latestHandshake, .none, "", params, reply))
    }

    private func request(
        _ id: RequestID,
        _ version: ProtocolVersion,
        _ capabilities: ClientCapabilities,
        _ client: String,
        _ params: RequestParams,
        _ reply: ReplyChannel
    ) -> Request {
        Request(
            id: id,
            version: version,
            capabilities: capabilities,
            client: client,
            progressToken: params.progressToken,
            reply: reply,
            snapshot: server.snapshot
        )
    }

    private func serve(_ request: Request, _ name: String, _ params: RequestParams) throws(RPCError) {
        guard let method = Method(rawValue: name), method.isServed(in: request.version) else {
            throw .unknownMethod(name)
        }
        switch method {
        case .initialize, .ping: acknowledge(request)
        case .discover: discover(request)
        case .listTools: try list(.tools, request, params)
        case .listResources: try list(.resources, request, params)
        case .listResourceTemplates: try list(.resourceTemplates, request, params)
        case .listPrompts: try list(.prompts, request, params)
        case .callTool: try callTool(request, params)
        case .readResource: try readResource(request, params)
        case .subscribeResource: try subscribe(request, params)
        case .unsubscribeResource: try unsubscribe(request, params)
        case .getPrompt: try getPrompt(request, params)
        case .complete: try complete(request, params)
        case .listen: try listen(request, params)
        }
    }

    private func list(_ list: ListKind, _ request: Request, _ params: RequestParams) throws(RPCError) {
        var cursor: PageCursor?
        if let token = try params.optionalString("cursor") {
            cursor = PageCursor(token: token)
            if cursor == nil { throw .invalidParams("Unknown cursor; ask for the list again without one") }
        }
        answer(request, try request.snapshot.page(of: list, cursor: cursor, version: request.version))
    }

    func receiveNotification(_ method: String, _ params: UnsafeRawBufferPointer?) {
        switch method {
        case "notifications/initialized": state.withLock { $0.session?.isInitialized = true }
        case "notifications/cancelled": receiveCancellation(params)
        default: break
        }
    }
}
