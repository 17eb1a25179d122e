// SPDX-License-Identifier: Apache-2.0

public import JSONValue

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
    /// Which part of the progress of the call on whose behalf it is asked is its own; `nil` shows nothing.
    public var progress: ProgressPart?

    /// From where to where, of how many.
    public struct ProgressPart: Sendable, Hashable {
        public var from: Double
        public var to: Double
        public var whole: Double

        public init(_ from: Double, to: Double, of whole: Double) {
            self.from = from
            self.to = to
            self.whole = whole
        }
    }

    public init(
        _ interface: String,
        _ provider: String,
        _ operation: String,
        _ arguments: JSONValue = [:],
        timeout: Duration? = nil,
        progress: ProgressPart? = nil
    ) {
        self.interface = interface
        self.provider = provider
        self.operation = operation
        self.arguments = arguments
        self.timeout = timeout
        self.progress = progress
    }

    var params: JSONValue {
        var params: JSONObject = [
            "interface": .string(interface), "provider": .string(provider), "operation": .string(operation),
            "arguments": arguments,
        ]
        if let timeout { params["timeout_ms"] = .integer(timeout.components.seconds * 1000) }
        if let progress {
            params["progress"] = [
                "from": JSONValue(progress.from), "to": JSONValue(progress.to), "of": JSONValue(progress.whole),
            ]
        }
        return .object(params)
    }
}
