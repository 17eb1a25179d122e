// SPDX-License-Identifier: Apache-2.0

/// The decoder that types see: one value and the way to it.
struct ValueDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch(JSONObject.self, "an object") }
        return KeyedDecodingContainer(MembersDecoder<Key>(object: object, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([JSONValue].self, "an array") }
        return ElementsDecoder(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The error of finding another kind of value.
    private func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        let text = "expected \(expected), got \(value.typeNameWithArticle)"
        return .typeMismatch(type, DecodingError.Context(codingPath: codingPath, debugDescription: text))
    }

    private func misfit(_ type: Any.Type) -> DecodingError {
        let text = "the number \(value.json()) does not fit \(type)"
        return .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: text))
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let scalar: (any Decodable)? =
            switch type {
            case is JSONValue.Type: value
            case is Bool.Type: try wanted(value.boolValue, Bool.self, "a boolean")
            case is String.Type: try wanted(value.stringValue, String.self, "a string")
            case is Double.Type: try double()
            case is Float.Type: Float(try double())
            case let integer as any (FixedWidthInteger & Decodable).Type: try self.integer(integer)
            default: nil
            }
        if let scalar = scalar as? Value { return scalar }
        return try Value(from: self)
    }

    private func wanted<Scalar>(_ scalar: Scalar?, _ type: Scalar.Type, _ expected: String) throws -> Scalar {
        guard let scalar else { throw mismatch(type, expected) }
        return scalar
    }

    private func double() throws -> Double {
        let double = try wanted(value.doubleValue, Double.self, "a number")
        guard double.isFinite else { throw misfit(Double.self) }
        return double
    }

    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
        guard let decimal = value.decimal, decimal.isInteger else { throw mismatch(type, "an integer") }
        guard let integer = decimal.exactly(type) else { throw misfit(type) }
        return integer
    }
}

/// The members of an object.
struct MembersDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let codingPath: [any CodingKey]

    var allKeys: [Key] { object.keys.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).value.isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try member(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try member(PlaceKey.super) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func member(_ key: some CodingKey) throws -> ValueDecoder {
        guard let value = object[key.stringValue] else {
            let context = DecodingError.Context(codingPath: codingPath, debugDescription: "no such member")
            throw DecodingError.keyNotFound(key, context)
        }
        return ValueDecoder(value: value, codingPath: codingPath + [key])
    }
}

/// The elements of an array, one after the other.
struct ElementsDecoder: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSONValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard try element().value.isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try element().decode(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let container = try element().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try element().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try element()
        currentIndex += 1
        return decoder
    }

    private func element() throws -> ValueDecoder {
        let path = codingPath + [PlaceKey(currentIndex)]
        guard !isAtEnd else {
            let context = DecodingError.Context(
                codingPath: path,
                debugDescription: "the array ends before this element"
            )
            throw DecodingError.valueNotFound(JSONValue.self, context)
        }
        return ValueDecoder(value: elements[currentIndex], codingPath: path)
    }
}
