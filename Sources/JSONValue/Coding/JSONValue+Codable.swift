// SPDX-License-Identifier: Apache-2.0

/// So that a type which is read by ``JSONValueDecoder`` and written by ``JSONValueEncoder`` can hold a `JSONValue`,
/// which passes unchanged. Other coders have no numbers that are exact, and are refused.
extension JSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            let text = "a JSONValue can only be read by a JSONValueDecoder"
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: text))
        }
        self = decoder.value
    }

    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? ValueEncoder else {
            let text = "a JSONValue can only be written by a JSONValueEncoder"
            throw EncodingError.invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: text))
        }
        encoder.slot.set(self)
    }
}
