// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A JSON-RPC error as it goes to the client.
public struct RPCError: Error, Sendable, Hashable {
    /// The codes that this server sends; ``ErrorMapping`` says which failure gets which.
    public enum Code: Int, Sendable, Hashable, CaseIterable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        /// A resource that does not exist, in the handshake versions only.
        case resourceNotFound = -32002
        /// The request needs a client capability that it did not declare; stateless versions only.
        case missingClientCapability = -32021
        /// A protocol version that is not served; stateless versions only.
        case unsupportedVersion = -32022
    }

    public var code: Code
    /// One sentence, without internals.
    public var message: String
    public var data: JSONValue?

    public init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The error object in JSON.
    public var json: [UInt8] {
        var object = ObjectWriter()
        object.raw("code", String(code.rawValue).utf8)
        object.string("message", message)
        if let data { object.value("data", data) }
        return object.finish()
    }
}

extension RPCError {
    public static func invalidParams(_ message: String) -> RPCError { RPCError(.invalidParams, message) }

    public static func unknownMethod(_ method: String) -> RPCError {
        RPCError(.methodNotFound, "Method not found: \(method.shortened)")
    }

    /// The bare error for what nobody foresaw; the detail belongs on stderr.
    public static let unexpected = RPCError(.internalError, "Internal error")
}

extension String {
    /// The text as it may stand in an error message: a client's name for something can be of any length.
    package var shortened: String {
        utf8.count > 128 ? prefix(64) + "…" : self
    }
}
