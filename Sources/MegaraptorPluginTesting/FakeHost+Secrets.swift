// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import Synchronization

extension FakeHost {
    /// A secret as the plugin has kept it.
    public struct Kept: Sendable, Hashable {
        /// `password`, `token`, `ssh_key` or `text`.
        public let type: String
        public let bytes: [UInt8]

        /// The value as text; bytes that are none are replaced.
        public var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The secrets that there are now, by name: those that the test gave, without what the plugin removed, and those that
    /// the plugin kept. This host asks for no permission: a real one demands a name under `permissions: keeps_secrets:`.
    public var keptSecrets: [String: Kept] { record.withLock { $0.secrets } }

    func useSecret(_ name: String) throws(MegaraptorError) -> JSONValue {
        guard let kept = record.withLock({ $0.secrets[name] }) else { throw Self.noSecret(name) }
        guard let text = String(validating: kept.bytes, as: UTF8.self) else {
            return ["value": .string(Base64.encode(kept.bytes)), "base64": true, "type": .string(kept.type)]
        }
        return ["value": .string(text), "type": .string(kept.type)]
    }

    func keepSecret(_ params: JSONValue) throws(MegaraptorError) -> JSONValue {
        let (name, text) = (try Self.text("name", in: params), try Self.text("value", in: params))
        guard let bytes = params["base64"] == true ? Base64.decode(text.utf8) : Array(text.utf8) else {
            throw MegaraptorError(.invalidArgument, "A secret needs a name and a value.")
        }
        let isKept = record.withLock { record in
            guard params["replace"] == true || record.secrets[name] == nil else { return false }
            record.secrets[name] = Kept(type: params["type"]?.stringValue ?? "text", bytes: bytes)
            return true
        }
        guard isKept else {
            throw MegaraptorError(.conflict, "There is a secret \"\(name)\" already, and it was left as it is.")
        }
        return [:]
    }

    func removeSecret(_ name: String) throws(MegaraptorError) -> JSONValue {
        guard record.withLock({ $0.secrets.removeValue(forKey: name) }) != nil else { throw Self.noSecret(name) }
        return [:]
    }

    func listSecrets() -> JSONValue {
        let day = JSONValue.string("2023-11-14T22:13:20Z")
        let entries = keptSecrets.sorted { $0.key < $1.key }.map { name, kept -> JSONValue in
            ["name": .string(name), "type": .string(kept.type), "created": day, "changed": day]
        }
        return ["secrets": .array(entries)]
    }

    private static func noSecret(_ name: String) -> MegaraptorError {
        MegaraptorError(.notFound, "The test keeps no secret \"\(name)\".")
    }
}
