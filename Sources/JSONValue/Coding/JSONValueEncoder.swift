// SPDX-License-Identifier: Apache-2.0

/// Makes a ``JSONValue`` out of `Encodable` values.
public struct JSONValueEncoder: Sendable {
    public init() {}

    /// - Throws: ``JSONCodingError`` for NaN and the infinities, or what the value's own `encode(to:)` throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        let encoder = ValueEncoder(codingPath: [])
        try encoder.encode(value)
        return encoder.slot.value
    }
}

/// Where an encoded value is put together. Containers are handed out before they are filled, so it must be shared.
final class EncodingSlot {
    private enum Kind { case empty, scalar, object, array }

    private var kind = Kind.empty
    private var scalar = JSONValue.null
    private var members: [(key: String, slot: EncodingSlot)] = []
    private var elements: [EncodingSlot] = []

    /// What has been encoded; an empty object where nothing was.
    var value: JSONValue {
        switch kind {
        case .empty: .object([:])
        case .scalar: scalar
        case .object: .object(JSONObject(members.map { ($0.key, $0.slot.value) }))
        case .array: .array(elements.map(\.value))
        }
    }

    var count: Int { elements.count }

    func set(_ value: JSONValue) {
        kind = .scalar
        scalar = value
    }

    func becomeObject() { kind = .object }
    func becomeArray() { kind = .array }

    func member(_ key: String) -> EncodingSlot {
        let slot = EncodingSlot()
        members.append((key, slot))
        return slot
    }

    func element() -> EncodingSlot {
        let slot = EncodingSlot()
        elements.append(slot)
        return slot
    }
}
