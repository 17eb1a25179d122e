// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// How a failure of a plugin or of the host reaches the client: the one table.
///
/// | what was asked | what the client gets |
/// | --- | --- |
/// | `tools/call` | a result with `isError` and the text of ``toolResult(_:structured:)``, for every code |
/// | anything else, `invalid_argument` or `unsupported` | -32602 with the message |
/// | anything else, `not_found` | the version's code for it: -32002 or -32602, with `data.uri` for a resource |
/// | anything else, `internal` | a bare -32603 |
/// | anything else, other codes | -32603 with the message, and the failure in `data` |
public enum ErrorMapping {
    /// The failure as a JSON-RPC error. `uri` is that of the resource that was asked for.
    public static func rpcError(_ failure: MegaraptorError, version: ProtocolVersion, uri: String? = nil) -> RPCError {
        switch failure.code {
        case .invalidArgument, .unsupported: RPCError(.invalidParams, sentence(failure))
        case .notFound:
            if let uri {
                RPCError(version.resourceNotFoundCode, sentence(failure), data: ["uri": .string(uri)])
            } else {
                RPCError(.invalidParams, sentence(failure))
            }
        case .internal: .unexpected
        default: RPCError(.internalError, sentence(failure), data: failure.json)
        }
    }

    /// The failure as a tool's result: `code: message hint` for the model to act on.
    ///
    /// - Parameter structured: whether the failure also travels as `structuredContent`. It must not where the tool
    ///   declares an output schema, which the failure would break.
    public static func toolResult(_ failure: MegaraptorError, structured: Bool) -> [UInt8] {
        toolResult(text: failure.description, structuredContent: structured ? .some(failure.json) : .none)
    }

    /// A result that reports a fault to the model.
    public static func toolResult(text: String, structuredContent: JSONValue? = nil) -> [UInt8] {
        var result = ObjectWriter()
        result.value("content", [["type": "text", "text": .string(text)]])
        if let structuredContent { result.value("structuredContent", structuredContent) }
        result.flag("isError", true)
        return result.finish()
    }

    private static func sentence(_ failure: MegaraptorError) -> String {
        failure.hint.isEmpty ? failure.message : "\(failure.message) \(failure.hint)"
    }
}
