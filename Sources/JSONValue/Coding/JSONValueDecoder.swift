// SPDX-License-Identifier: Apache-2.0

/// Makes `Decodable` values out of a ``JSONValue``.
///
/// Integers are exact: `1.0` and `1e2` are integers as they are for JSON Schema, what does not fit the type is an
/// error. Members that the type does not know are ignored.
public struct JSONValueDecoder: Sendable {
    public init() {}

    /// - Throws: ``JSONCodingError`` where the value does not fit the type, or what the type's own initializer throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from value: JSONValue) throws -> Value {
        do {
            return try ValueDecoder(value: value, codingPath: []).decode(type)
        } catch let error as DecodingError {
            throw JSONCodingError(error)
        }
    }
}

/// A value that does not fit its type, or cannot be written as JSON: `/limit: expected an integer, got a string`.
public struct JSONCodingError: Error, Sendable, Hashable {
    public let pointer: JSONPointer
    public let message: String

    public init(pointer: JSONPointer, message: String) {
        self.pointer = pointer
        self.message = message
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(context.codingPath, "the property \"\(key.stringValue)\" is required")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(context.codingPath, context.debugDescription)
        @unknown default: self.init([], String(describing: error))
        }
    }

    init(_ path: [any CodingKey], _ message: String) {
        self.init(pointer: JSONPointer(path.map(\.stringValue)), message: message)
    }
}

extension JSONCodingError: CustomStringConvertible {
    public var description: String { pointer.tokens.isEmpty ? message : "\(pointer): \(message)" }
}

/// The key of an array element, or of a place that no type has named.
struct PlaceKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) { self.init(intValue) }

    static let `super` = PlaceKey(stringValue: "super")
}
