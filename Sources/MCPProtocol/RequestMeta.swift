// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// The names that the protocol reserves in `_meta`.
public enum MetaKey {
    public static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
    public static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    public static let clientInfo = "io.modelcontextprotocol/clientInfo"
    public static let logLevel = "io.modelcontextprotocol/logLevel"
    public static let progressToken = "progressToken"
    public static let serverInfo: StaticString = "io.modelcontextprotocol/serverInfo"
    public static let subscriptionID: StaticString = "io.modelcontextprotocol/subscriptionId"
}

/// The context that a stateless request carries in `params._meta`.
public struct RequestMeta: Sendable, Hashable {
    public var version: ProtocolVersion
    public var capabilities: ClientCapabilities
    /// The client's name and version; empty where it does not say.
    public var client: String

    private static let logLevels: Set<String> = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]

    private static let objectCapabilities = ["elicitation", "sampling", "roots", "experimental", "extensions"]

    /// Reads the context: shape first (``RPCError/Code/invalidParams``), then the version.
    public init(_ meta: JSONObject) throws(RPCError) {
        guard let requested = meta[MetaKey.protocolVersion]?.stringValue else {
            throw .invalidParams("_meta needs the string \(MetaKey.protocolVersion)")
        }
        guard let capabilities = meta[MetaKey.clientCapabilities]?.objectValue else {
            throw .invalidParams("_meta needs the object \(MetaKey.clientCapabilities)")
        }
        // Each known capability is an object; of unknown ones nothing is known.
        for name in Self.objectCapabilities where capabilities[name].map({ $0.objectValue == nil }) ?? false {
            throw .invalidParams("The capability \(name) must be an object")
        }
        if let info = meta[MetaKey.clientInfo], !Self.isImplementation(info) {
            throw .invalidParams("\(MetaKey.clientInfo) must be an object with the strings name and version")
        }
        if let level = meta[MetaKey.logLevel], !Self.logLevels.contains(level.stringValue ?? "") {
            throw .invalidParams("\(MetaKey.logLevel) is not a known level")
        }
        guard let version = ProtocolVersion.stateless(named: requested) else {
            let data: JSONValue = [
                "supported": .array(ProtocolVersion.statelessNames.map(JSONValue.string)),
                "requested": .string(requested),
            ]
            throw RPCError(.unsupportedVersion, "Unsupported protocol version", data: data)
        }
        self.version = version
        self.capabilities = ClientCapabilities(capabilities)
        client = meta[MetaKey.clientInfo].map(Self.name) ?? ""
    }

    /// Name and version of what ``isImplementation(_:)`` is true for, in one text.
    public static func name(of implementation: JSONValue) -> String {
        "\(implementation["name"]?.stringValue ?? "") \(implementation["version"]?.stringValue ?? "")"
    }

    /// Whether a value is an object with the strings `name` and `version`.
    public static func isImplementation(_ value: JSONValue?) -> Bool {
        value?["name"]?.stringValue != nil && value?["version"]?.stringValue != nil
    }
}
