// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors

extension Connection {
    func readResource(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let uri = try params.requiredURI()
        guard let plugin = request.snapshot.pluginID(forResource: uri) else {
            throw .unknownResource(uri, in: request.version)
        }
        let interaction = try Interaction.read(params, request)
        let inquiry = PluginInquiry(
            method: "resources/read",
            plugin: plugin,
            target: uri,
            params: ["uri": .string(uri)],
            interaction: interaction,
            resource: uri
        )
        try start(inquiry, request) { result, server in
            try result.resourceContents(request: request, server: server)
        }
    }
}

extension PluginResult {
    /// The result of `resources/read`.
    fileprivate func resourceContents(request: Request, server: MCPServer) throws -> [UInt8] {
        guard let contents = try array("contents"), !contents.isEmpty else { throw fault("has no contents") }
        for item in contents {
            let isSound = try item.withUnsafeBytes { raw in
                let object = try RawObject(raw)
                let bodies = [object["text"], object["blob"]].compactMap { $0 }
                return object["uri"]?.kind == .string && bodies.count == 1 && bodies[0].kind == .string
            }
            guard isSound else { throw fault("has contents without uri, or without exactly one of text and blob") }
        }
        var result = ResultWriter(
            request.version,
            server: server.configuration.implementation,
            metaMembers: try metaMembers(),
            reserving: bytes.count + 256
        )
        if let raw = self["contents"] { result.object.raw("contents", raw) }
        result.addCacheHints()
        return result.finish()
    }
}
