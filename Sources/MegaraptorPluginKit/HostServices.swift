// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// What the host offers every plugin. May be used from any thread until `deactivate`.
public struct HostServices: Sendable {
    /// How grave a log line is.
    public enum LogLevel: Int32, Sendable {
        case debug = 0
        case info = 1
        case warning = 2
        case error = 3
    }

    let bridge: HostBridge

    init(bridge: HostBridge) {
        self.bridge = bridge
    }

    /// Writes a line to the host's log. Never pass a secret.
    public func log(_ level: LogLevel, _ message: String) {
        bridge.log(level.rawValue, message)
    }

    /// The settings that operations gave this plugin: an object, empty where there are none.
    public func config() async throws(MegaraptorError) -> JSONValue {
        try await request("config")
    }

    /// Folders as absolute paths: `{plugin, state, cache}` belong to this plugin, `data` to the whole host.
    public func paths() async throws(MegaraptorError) -> JSONValue {
        try await request("paths")
    }

    /// What was last put under `key`; `nil` where there is nothing.
    public func state(_ key: String) async throws(MegaraptorError) -> JSONValue? {
        let answer = try await request("state/get", ["key": .string(key)])
        return answer["found"] == true ? answer["value"] : nil
    }

    /// Keeps a value over restarts. Written whole or not at all. Not for secrets.
    public func putState(_ key: String, _ value: JSONValue) async throws(MegaraptorError) {
        _ = try await request("state/put", ["key": .string(key), "value": value])
    }

    /// The secret that operations keep under a name. The plugin's manifest must name it under `permissions: secrets:`.
    ///
    /// Use it and let it go: the host takes it out of whatever the plugin says, and refuses it in the plugin's state.
    ///
    /// - Throws: `permission_denied` where the manifest does not name it, `not_found` where there is none.
    public func secret(_ name: String) async throws(MegaraptorError) -> Secret {
        try Secret(name, try await request("secrets/use", ["name": .string(name)]))
    }

    /// Says that a resource's content is another now. Whoever subscribed to it is told.
    public func resourceUpdated(_ uri: String) async throws(MegaraptorError) {
        _ = try await request("resources/updated", ["uri": .string(uri)])
    }

    /// Any other service of the host, by its method.
    public func request(
        _ method: String,
        _ params: JSONValue = [:]
    ) async throws(MegaraptorError) -> JSONValue {
        try await request(method, params, call: 0)
    }

    func request(_ method: String, _ params: JSONValue, call: UInt64) async throws(MegaraptorError) -> JSONValue {
        let answer = await bridge.request(call, method, params.jsonBytes())
        return try answer.get()
    }
}
