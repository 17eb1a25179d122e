// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import Synchronization

extension FakeHost {
    /// Answers as the real host would, from values in memory.
    func serve(_ method: String, _ params: JSONValue) throws(MegaraptorError) -> JSONValue {
        if let service = record.withLock({ $0.services[method] }) { return try service(params) }
        switch method {
        case "config": return record.withLock { $0.config }
        case "paths": return try paths()
        case "clock": return ["unix_us": 1_700_000_000_000_000, "steady_ns": 1_000_000_000]
        case "secrets/use": return try useSecret(try Self.text("name", in: params))
        case "secrets/put": return try keepSecret(params)
        case "secrets/delete": return try removeSecret(try Self.text("name", in: params))
        case "secrets/list": return listSecrets()
        case "broker/list": return try listProviders(params)
        case "broker/call", "broker/call_detached": return try callProvider(params)
        case "state/get":
            let key = try Self.text("key", in: params)
            let value = record.withLock { $0.state[key] }
            return value.map { ["found": true, "value": $0] } ?? ["found": false]
        case "state/put":
            let key = try Self.text("key", in: params)
            record.withLock { $0.state[key] = params["value"] ?? .null }
            return [:]
        case "resources/updated":
            let uri = try Self.text("uri", in: params)
            record.withLock { $0.updatedResources.append(uri) }
            return [:]
        default: throw MegaraptorError(.unsupported, "This host has no service \"\(method)\".")
        }
    }

    private func paths() throws(MegaraptorError) -> JSONValue {
        guard let paths = record.withLock({ $0.paths }) else {
            throw MegaraptorError(.unsupported, "The test gives the plugin no folders.")
        }
        return paths
    }

    static func text(_ key: String, in params: JSONValue) throws(MegaraptorError) -> String {
        guard let text = params[key]?.stringValue else {
            throw MegaraptorError(.invalidArgument, "The parameter \"\(key)\" is missing or no string.")
        }
        return text
    }
}
