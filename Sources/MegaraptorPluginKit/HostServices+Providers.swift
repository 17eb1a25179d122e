// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// A provider as those see it who may ask it.
public struct ProviderInfo: Sendable, Hashable {
    public let name: String
    /// The plugin's id and version.
    public let plugin: String
    public let version: String
    public let title: String?
    public let description: String
    /// A JSON Schema of what may be chosen.
    public let inputSchema: JSONValue

    init(_ json: JSONValue) {
        name = json["name"]?.stringValue ?? ""
        plugin = json["plugin"]?.stringValue ?? ""
        version = json["version"]?.stringValue ?? ""
        title = json["title"]?.stringValue
        description = json["description"]?.stringValue ?? ""
        inputSchema = json["input_schema"] ?? [:]
    }
}

/// One question to a provider.
public struct ProviderCall: Sendable {
    public var interface: String
    public var provider: String
    public var operation: String
    /// An object.
    public var arguments: JSONValue
    /// How long the host waits; `nil` as long as for the call on whose behalf it is asked, and as operations say where
    /// there is none.
    public var timeout: Duration?

    public init(
        _ interface: String,
        _ provider: String,
        _ operation: String,
        _ arguments: JSONValue = [:],
        timeout: Duration? = nil
    ) {
        self.interface = interface
        self.provider = provider
        self.operation = operation
        self.arguments = arguments
        self.timeout = timeout
    }

    var params: JSONValue {
        var params: JSONObject = [
            "interface": .string(interface), "provider": .string(provider), "operation": .string(operation),
            "arguments": arguments,
        ]
        if let timeout { params["timeout_ms"] = .integer(timeout.components.seconds * 1000) }
        return .object(params)
    }
}

extension HostServices {
    /// Who provides an interface now, by name. The manifest must name it under `permissions: providers:`.
    public func providers(of interface: String) async throws(MegaraptorError) -> [ProviderInfo] {
        let answer = try await request("broker/list", ["interface": .string(interface)])
        return (answer["providers"]?.arrayValue ?? []).map(ProviderInfo.init)
    }

    /// Asks a provider on nobody's behalf, as work that goes on between calls does. Nobody sees its progress.
    public func call(_ call: ProviderCall) async throws(MegaraptorError) -> JSONValue {
        try await request("broker/call", call.params)
    }
}

extension CallContext {
    /// Asks a provider on behalf of this call, which lends it its progress, its questions and its end.
    ///
    /// - Throws: what the provider throws; `not_found` where there is none; `permission_denied` where the manifest does
    ///   not name the interface, or the operation changes something and only reading is allowed.
    public func call(_ providerCall: ProviderCall) async throws(MegaraptorError) -> JSONValue {
        try await host.request("broker/call", providerCall.params, call: call)
    }
}
