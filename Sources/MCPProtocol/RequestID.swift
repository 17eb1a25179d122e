// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The id of a JSON-RPC request, or a progress token: a string or an integer of any size.
///
/// It is kept as the JSON text it goes back as, so that an integer beyond 64 bits returns digit for digit.
public struct RequestID: Sendable, Hashable {
    /// The id in JSON.
    public let json: [UInt8]

    public init(_ number: Int) {
        json = Array(String(number).utf8)
    }

    public init(_ text: String) {
        json = JSONValue.string(text).jsonBytes()
    }

    /// Takes an id out of a message that has passed the scanner.
    ///
    /// - Returns: `nil` for what is no id: `null`, a fraction, a number with an exponent, an object and the like.
    public init?(json raw: UnsafeRawBufferPointer) {
        guard let first = raw.first else { return nil }
        if first == UInt8(ascii: "\"") {
            // Escapes are resolved: "a" and "\u0061" are one id.
            guard raw.contains(UInt8(ascii: "\\")) else {
                json = Array(raw)
                return
            }
            do {
                json = try JSONValue(json: raw).jsonBytes()
            } catch {
                // A string that is none is no id either.
                return nil
            }
            return
        }
        let digits = first == UInt8(ascii: "-") ? UnsafeRawBufferPointer(rebasing: raw.dropFirst()) : raw
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        json = Array(raw)
    }
}

extension RequestID: CustomStringConvertible {
    public var description: String { String(decoding: json, as: UTF8.self) }
}
