// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import Synchronization

extension Connection {
    /// Opens the session of the handshake versions.
    func initialize(id: RequestID, params: RequestParams, reply: ReplyChannel) throws(RPCError) {
        if case .batch = reply { throw RPCError(.invalidRequest, "initialize must not be part of a batch") }
        guard session == nil else { throw RPCError(.invalidRequest, "The session is already initialized") }
        let requested = try params.requiredString("protocolVersion")
        let capabilities = try params.requiredObject("capabilities")
        let client = JSONValue.object(try params.requiredObject("clientInfo"))
        guard RequestMeta.isImplementation(client) else {
            throw .invalidParams("clientInfo needs the strings name and version")
        }
        let version = ProtocolVersion.handshake(named: requested) ?? .latestHandshake
        state.withLock {
            $0.session = Session(
                version: version,
                capabilities: ClientCapabilities(capabilities),
                client: RequestMeta.name(of: client)
            )
        }
        var result = ObjectWriter(reserving: 512)
        result.string("protocolVersion", version.name)
        result.value("capabilities", Self.capabilities(in: version))
        result.raw("serverInfo", server.configuration.implementation.json(for: version))
        let instructions = server.snapshot.catalog.instructions
        if !instructions.isEmpty { result.string("instructions", instructions) }
        let body = result.finish()
        reply.send(flush: false) { OutgoingMessage.appendResult(body, id: id, to: &$0) }
    }

    /// Tells a client without handshake what there is.
    func discover(_ request: Request) {
        var result = ResultWriter(request.version, server: server.configuration.implementation, reserving: 512)
        result.object.value("supportedVersions", .array(ProtocolVersion.statelessNames.map(JSONValue.string)))
        result.object.value("capabilities", Self.capabilities(in: request.version))
        let instructions = request.snapshot.catalog.instructions
        if !instructions.isEmpty { result.object.string("instructions", instructions) }
        result.addCacheHints()
        answer(request, result.finish())
    }

    /// The same for every catalogue: what is empty today may be filled by a plugin tomorrow.
    private static func capabilities(in version: ProtocolVersion) -> JSONValue {
        var capabilities: JSONObject = [
            "tools": ["listChanged": true],
            "resources": ["subscribe": true, "listChanged": true],
            "prompts": ["listChanged": true],
        ]
        if version.has(.completionsCapability) { capabilities["completions"] = [:] }
        return .object(capabilities)
    }
}
