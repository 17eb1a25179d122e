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

    /// Asks a provider on behalf of this call, and goes on when the call ends: the call only shows its progress.
    ///
    /// - Throws: as ``call(_:)``.
    public func callDetached(_ providerCall: ProviderCall) async throws(MegaraptorError) -> JSONValue {
        try await host.request("broker/call_detached", providerCall.params, call: call)
    }
}
