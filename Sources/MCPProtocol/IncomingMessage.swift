// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// One JSON-RPC message from the client, its parameters still bytes.
///
/// It borrows the memory of the line it was read from and must not outlive it.
public enum IncomingMessage {
    case request(id: RequestID, method: String, params: UnsafeRawBufferPointer?)
    case notification(method: String, params: UnsafeRawBufferPointer?)
    /// The answer to a request of this server.
    case response(id: RequestID, Result<UnsafeRawBufferPointer, ResponseFailure>)
    /// To be answered with an error; the id is that of the message, if it has a usable one.
    case invalid(id: RequestID?, RPCError)
    /// A notification that is broken in itself, which nobody may be told.
    case ignored
    /// Several messages in one array, each to be read by itself.
    case batch([UnsafeRawBufferPointer])

    /// The client's refusal of a request.
    public struct ResponseFailure: Error, Sendable, Hashable {
        public let code: Int64?
        public let message: String
    }
}

extension IncomingMessage {
    /// Reads one line, or one member of a batch.
    public init(_ bytes: UnsafeRawBufferPointer) {
        do {
            self = try Self.read(bytes)
        } catch {
            if case .wrongType = error.reason {
                self = .invalid(id: nil, RPCError(.invalidRequest, "A message must be a JSON object"))
            } else {
                self = .invalid(id: nil, RPCError(.parseError, "Not valid JSON: \(error)"))
            }
        }
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> IncomingMessage {
        if let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "[") {
            return .batch(
                try JSONScanner.elements(of: bytes).map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
            )
        }
        let object = try RawObject(bytes)
        let rawID = object["id"]
        let id = rawID.flatMap(RequestID.init(json:))
        guard try object.string("jsonrpc") == "2.0" else {
            return .invalid(id: id, RPCError(.invalidRequest, "\"jsonrpc\" must be \"2.0\""))
        }
        guard object["method"] != nil else { return try response(object, id: id) }
        return try call(object, id: id, hasID: rawID != nil)
    }

    private static func call(_ object: RawObject, id: RequestID?, hasID: Bool) throws(JSONError) -> IncomingMessage {
        guard let method = try object.string("method") else {
            return .invalid(id: id, RPCError(.invalidRequest, "\"method\" must be a string"))
        }
        var params = object["params"]
        if params?.kind == .null { params = nil }
        let isWellFormed = params.map { $0.kind == .object } ?? true
        guard hasID else {
            return isWellFormed ? .notification(method: method, params: params) : .ignored
        }
        guard let id else {
            return .invalid(id: nil, RPCError(.invalidRequest, "\"id\" must be a string or an integer"))
        }
        guard isWellFormed else {
            return .invalid(id: id, RPCError(.invalidRequest, "\"params\" must be an object"))
        }
        return .request(id: id, method: method, params: params)
    }

    private static func response(_ object: RawObject, id: RequestID?) throws(JSONError) -> IncomingMessage {
        switch (object["result"], object["error"]) {
        case (let result?, nil):
            guard let id else { return .ignored }
            return .response(id: id, .success(result))
        case (nil, let raw?):
            guard let id else { return .ignored }
            let error = try JSONValue(json: raw)
            let failure = ResponseFailure(
                code: error["code"]?.integerValue,
                message: error["message"]?.stringValue ?? ""
            )
            return .response(id: id, .failure(failure))
        default:
            return .invalid(id: id, RPCError(.invalidRequest, "Neither a request nor a notification nor a response"))
        }
    }
}
