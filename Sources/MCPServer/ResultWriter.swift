// SPDX-License-Identifier: Apache-2.0

import MCPProtocol

/// Writes a result body with what its version puts into every result.
struct ResultWriter {
    var object: ObjectWriter
    private let isStateless: Bool

    enum Kind: String {
        case complete
        case inputRequired = "input_required"
    }

    init(
        _ version: ProtocolVersion,
        kind: Kind = .complete,
        server: Implementation,
        metaMembers: [UInt8] = [],
        reserving capacity: Int = 128
    ) {
        object = ObjectWriter(reserving: capacity)
        isStateless = version.has(.stateless)
        if isStateless {
            object.string("resultType", kind.rawValue)
            var meta = ObjectWriter()
            meta.raw(MetaKey.serverInfo, server.json(for: version))
            meta.members(metaMembers)
            object.raw("_meta", meta.finish())
        } else if !metaMembers.isEmpty {
            var meta = ObjectWriter()
            meta.members(metaMembers)
            object.raw("_meta", meta.finish())
        }
    }

    /// Says that the result is for this client alone and not to be kept: plugins may change their mind at any time.
    mutating func addCacheHints() {
        guard isStateless else { return }
        object.raw("ttlMs", "0".utf8)
        object.string("cacheScope", "private")
    }

    consuming func finish() -> [UInt8] { object.finish() }
}
