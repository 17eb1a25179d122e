// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginHost
import Synchronization

/// Secrets as the host's owner keeps them, for one test.
final class SecretsInMemory: Sendable {
    struct Kept: Equatable {
        var type: String
        var value: [UInt8]
    }

    private let content: Mutex<[String: Kept]>

    init(_ content: [String: String] = [:]) {
        self.content = Mutex(content.mapValues { Kept(type: "text", value: Array($0.utf8)) })
    }

    var names: [String] { content.withLock { $0.keys.sorted() } }

    subscript(name: String) -> Kept? { content.withLock { $0[name] } }

    var read: PluginHost.ReadSecret {
        { name throws(MegaraptorError) in
            guard let kept = self[name] else { throw MegaraptorError(.notFound, "There is no secret \(name).") }
            return (kept.type, kept.value)
        }
    }

    var keeper: SecretKeeper {
        SecretKeeper(
            put: { name, type, value in self.content.withLock { $0[name] = Kept(type: type, value: value) } },
            delete: { name throws(MegaraptorError) in
                guard self.content.withLock({ $0.removeValue(forKey: name) }) != nil else {
                    throw MegaraptorError(.notFound, "There is no secret \(name).")
                }
            },
            list: {
                self.content.withLock { content in
                    content.sorted { $0.key < $1.key }.map { name, kept in
                        [
                            "name": .string(name), "type": .string(kept.type), "created": "2026-01-01T00:00:00Z",
                            "changed": "2026-01-01T00:00:00Z",
                        ]
                    }
                }
            }
        )
    }
}
