// SPDX-License-Identifier: Apache-2.0

/// Writes whole JSON-RPC messages into a buffer. Bodies are JSON on one line.
public enum OutgoingMessage {
    public static func appendResult(_ body: [UInt8], id: RequestID, to output: inout [UInt8]) {
        append("{\"jsonrpc\":\"2.0\",\"id\":", to: &output)
        output.append(contentsOf: id.json)
        append(",\"result\":", to: &output)
        output.append(contentsOf: body)
        output.append(UInt8(ascii: "}"))
    }

    /// `id` is `nil` where the request's own could not be read: JSON-RPC asks for `null` then.
    public static func appendError(_ error: RPCError, id: RequestID?, to output: inout [UInt8]) {
        append("{\"jsonrpc\":\"2.0\",\"id\":", to: &output)
        if let id {
            output.append(contentsOf: id.json)
        } else {
            append("null", to: &output)
        }
        append(",\"error\":", to: &output)
        output.append(contentsOf: error.json)
        output.append(UInt8(ascii: "}"))
    }

    public static func appendNotification(_ method: StaticString, params: [UInt8]?, to output: inout [UInt8]) {
        append("{\"jsonrpc\":\"2.0\"", to: &output)
        appendCall(method, params: params, to: &output)
    }

    public static func appendRequest(
        _ method: StaticString,
        id: RequestID,
        params: [UInt8]?,
        to output: inout [UInt8]
    ) {
        append("{\"jsonrpc\":\"2.0\",\"id\":", to: &output)
        output.append(contentsOf: id.json)
        appendCall(method, params: params, to: &output)
    }

    private static func appendCall(_ method: StaticString, params: [UInt8]?, to output: inout [UInt8]) {
        append(",\"method\":\"", to: &output)
        append(method, to: &output)
        output.append(UInt8(ascii: "\""))
        if let params {
            append(",\"params\":", to: &output)
            output.append(contentsOf: params)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
