// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// The parameters of a request: `_meta` is read, everything else stays bytes until it is asked for.
///
/// It borrows the memory of the line it was read from.
public struct RequestParams {
    /// `nil` where the request has none.
    private let object: RawObject?
    public let meta: JSONObject?
    /// The token under which the client wants progress.
    public let progressToken: RequestID?

    public init(_ params: UnsafeRawBufferPointer?) throws(RPCError) {
        guard let params else {
            (object, meta, progressToken) = (nil, nil, nil)
            return
        }
        do {
            let object = try RawObject(params)
            self.object = object
            guard let raw = object["_meta"] else {
                (meta, progressToken) = (nil, nil)
                return
            }
            guard let meta = try JSONValue(json: raw).objectValue else {
                throw RPCError.invalidParams("_meta must be an object")
            }
            self.meta = meta
            progressToken = try Self.token(in: raw, meta)
        } catch let error as RPCError {
            throw error
        } catch {
            throw RPCError(.parseError, "Not valid JSON: \(error)")
        }
    }

    private static func token(in raw: UnsafeRawBufferPointer, _ meta: JSONObject) throws -> RequestID? {
        guard meta[MetaKey.progressToken] != nil, let token = try RawObject(raw)[MetaKey.progressToken] else {
            return nil
        }
        guard let id = RequestID(json: token) else {
            throw RPCError.invalidParams("progressToken must be a string or an integer")
        }
        return id
    }

    /// Whether the request belongs to the stateless era.
    public var isStateless: Bool { meta?[MetaKey.protocolVersion] != nil }

    /// The bytes of a parameter.
    public subscript(name: String) -> UnsafeRawBufferPointer? { object?[name] }
}

extension RequestParams {
    /// A parameter that must be a string.
    public func requiredString(_ name: String) throws(RPCError) -> String {
        guard let text = try optionalString(name) else { throw .invalidParams("\(name) is missing") }
        return text
    }

    /// A parameter that must be a string where it is given; `null` is no string.
    public func optionalString(_ name: String) throws(RPCError) -> String? {
        guard let value = try value(name) else { return nil }
        guard let text = value.stringValue else { throw .invalidParams("\(name) must be a string") }
        return text
    }

    /// A parameter that must be an object where it is given.
    public func optionalObject(_ name: String) throws(RPCError) -> JSONObject? {
        guard let value = try value(name) else { return nil }
        guard let object = value.objectValue else { throw .invalidParams("\(name) must be an object") }
        return object
    }

    /// A parameter that must be an object.
    public func requiredObject(_ name: String) throws(RPCError) -> JSONObject {
        guard let object = try optionalObject(name) else { throw .invalidParams("\(name) is missing") }
        return object
    }

    private func value(_ name: String) throws(RPCError) -> JSONValue? {
        guard let raw = self[name] else { return nil }
        do {
            return try JSONValue(json: raw)
        } catch {
            throw RPCError(.parseError, "Not valid JSON: \(error)")
        }
    }
}
