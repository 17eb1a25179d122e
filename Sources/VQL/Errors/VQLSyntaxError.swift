// SPDX-License-Identifier: Apache-2.0

/// Why a text is not VQL, and where.
///
/// ``message`` and ``rendered`` are in the words of the server. What the message names is what the server would name:
/// often the token where an optional part began, which is a little before the place where a human sees the mistake.
public struct VQLSyntaxError: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        /// A token that fits nowhere in the grammar. `expected` is the server's description of what would have.
        case unexpectedToken(String, expected: String?)
        /// Text that is no token.
        case invalidInput(String)
        /// A LIMIT that is not an integer of 64 bits.
        case nonconforming(number: String, isOutOfRange: Bool)
        /// More levels of nesting than this parser takes. The server would go on.
        case nestedTooDeeply(limit: Int)
    }

    public let reason: Reason
    public let position: SourcePosition
    /// Up to ten bytes before the position, and up to ten from it on. Never the last byte of the text.
    let left: [UInt8]
    let right: [UInt8]

    init(_ reason: Reason, at position: SourcePosition, in text: [UInt8]) {
        self.reason = reason
        self.position = position
        let offset = position.byteOffset
        let end = max(0, text.count - 1)
        left = Array(text[max(0, offset - 10)..<max(0, min(offset, end))])
        right = Array(text[min(offset, end)..<min(offset + 10, end)])
    }
}
