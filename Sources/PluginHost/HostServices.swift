// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
internal import MegaraptorErrors

/// Answers what plugins ask of the host.
struct HostServices: Sendable {
    let folders: HostFolders
    /// Per plugin id, what operations set for it.
    let settings: @Sendable (String) -> JSONValue
    /// Where a plugin's manifest lies.
    let pluginFolder: @Sendable (String) -> String?
    /// Takes the address of a resource whose content a plugin says has changed.
    let resourceUpdated: @Sendable (String) -> Void
    let secrets: SecretService
    /// `nil` where there are no other plugins.
    var broker: Broker?

    func answer(
        _ method: String,
        _ params: JSONValue,
        plugin: String,
        call: UInt64,
        elicit: HostCall.Elicit?
    ) async throws(MegaraptorError) -> JSONValue {
        switch method {
        case "config": return settings(plugin)
        case "paths": return paths(of: plugin)
        case "clock": return Self.clock()
        case "state/get": return try store(of: plugin).get(try Self.text("key", in: params))
        case "state/put":
            try put(params, plugin)
            return [:]
        case "resources/updated":
            resourceUpdated(secrets.redactor.redact(try Self.text("uri", in: params)))
            return [:]
        case "elicit": return try await ask(params, elicit)
        case "secrets/use": return try secrets.use(try Self.text("name", in: params), by: plugin)
        case "secrets/put": return try secrets.keep(params, for: plugin)
        case "secrets/delete": return try secrets.remove(try Self.text("name", in: params), for: plugin)
        case "secrets/list": return try secrets.list(for: plugin)
        case "broker/list":
            guard let broker else { break }
            return try broker.list(params, for: plugin)
        case "broker/call":
            guard let broker else { break }
            return try await broker.call(params, for: plugin, parent: call)
        case "broker/call_detached":
            guard let broker else { break }
            return try await broker.call(params, for: plugin, parent: call, isDetached: true)
        default: break
        }
        throw MegaraptorError(.unsupported, "This host has no service \"\(method)\".")
    }

    private func paths(of plugin: String) -> JSONValue {
        [
            "plugin": pluginFolder(plugin).map(JSONValue.string) ?? .null,
            "state": .string(folders.state(of: plugin)),
            "cache": .string(folders.cache(of: plugin)), "data": .string(folders.data),
        ]
    }

    /// State lies on the disk in clear.
    private func put(_ params: JSONValue, _ plugin: String) throws(MegaraptorError) {
        guard !secrets.redactor.finds(in: params) else {
            throw MegaraptorError(
                .permissionDenied,
                "The plugin \(plugin) wants to keep a secret in its state, where anybody could read it.",
                hint: "Keep the secret's name, and use the secret again when it is needed."
            )
        }
        try store(of: plugin).put(try Self.text("key", in: params), params["value"] ?? .null)
    }

    private func store(of plugin: String) -> StateStore {
        StateStore(folder: folders.state(of: plugin))
    }

    private func ask(_ params: JSONValue, _ elicit: HostCall.Elicit?) async throws(MegaraptorError) -> JSONValue {
        guard let elicit else {
            throw MegaraptorError(
                .unsupported,
                "The client cannot be asked during this call.",
                hint: "Offer a tool argument for what would be asked."
            )
        }
        guard let schema = params["requestedSchema"], schema.objectValue != nil else {
            throw MegaraptorError(.invalidArgument, "The question lacks its requestedSchema.")
        }
        let redactor = secrets.redactor
        return try await elicit(redactor.redact(try Self.text("message", in: params)), redactor.redact(schema))
    }

    /// Wall time in microseconds since 1970 and the machine's steady time in nanoseconds.
    private static func clock() -> JSONValue {
        var wall = timespec()
        var steady = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        clock_gettime(CLOCK_MONOTONIC, &steady)
        return [
            "unix_us": JSONValue(Int64(wall.tv_sec) * 1_000_000 + Int64(wall.tv_nsec) / 1_000),
            "steady_ns": JSONValue(Int64(steady.tv_sec) * 1_000_000_000 + Int64(steady.tv_nsec)),
        ]
    }

    private static func text(_ key: String, in params: JSONValue) throws(MegaraptorError) -> String {
        guard let text = params[key]?.stringValue else {
            throw MegaraptorError(.invalidArgument, "The parameter \"\(key)\" is missing or no string.")
        }
        return text
    }
}
