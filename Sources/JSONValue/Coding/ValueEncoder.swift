// SPDX-License-Identifier: Apache-2.0

/// The encoder that types see: one slot and the way to it.
struct ValueEncoder: Encoder {
    let codingPath: [any CodingKey]
    var slot = EncodingSlot()
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.becomeObject()
        return KeyedEncodingContainer(MembersEncoder<Key>(codingPath: codingPath, slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.becomeArray()
        return ElementsEncoder(codingPath: codingPath, slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension ValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { slot.set(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
        switch value {
        case let json as JSONValue: slot.set(json)
        case let flag as Bool: slot.set(.bool(flag))
        case let text as String: slot.set(.string(text))
        case let double as Double: slot.set(try number(double.isFinite, double.description))
        case let float as Float: slot.set(try number(float.isFinite, float.description))
        case let integer as any FixedWidthInteger: slot.set(JSONValue(integer))
        default: try value.encode(to: self)
        }
    }

    private func number(_ isFinite: Bool, _ literal: String) throws -> JSONValue {
        guard isFinite else { throw JSONCodingError(codingPath, "JSON cannot write the number \(literal)") }
        return .number(JSONNumber(unchecked: literal))
    }
}

struct MembersEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let codingPath: [any CodingKey]
    let slot: EncodingSlot

    func encodeNil(forKey key: Key) { member(key).encodeNil() }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { member(PlaceKey.super) }
    func superEncoder(forKey key: Key) -> any Encoder { member(key) }

    private func member(_ key: some CodingKey) -> ValueEncoder {
        ValueEncoder(codingPath: codingPath + [key], slot: slot.member(key.stringValue))
    }
}

struct ElementsEncoder: UnkeyedEncodingContainer {
    let codingPath: [any CodingKey]
    let slot: EncodingSlot

    var count: Int { slot.count }

    func encodeNil() { element().encodeNil() }

    func encode<Value: Encodable>(_ value: Value) throws { try element().encode(value) }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        element().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }

    func superEncoder() -> any Encoder { element() }

    private func element() -> ValueEncoder {
        ValueEncoder(codingPath: codingPath + [PlaceKey(count)], slot: slot.element())
    }
}
