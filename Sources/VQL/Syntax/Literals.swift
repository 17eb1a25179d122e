// SPDX-License-Identifier: Apache-2.0

/// A number as written and what the server makes of it.
public struct NumberLiteral: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case integer(Int64)
        case float(Double)
        /// Too large even for a float (`1e999`): NULL, and `ERROR:Unable to parse 1e999 as a number.` in the log.
        case unparsable
    }

    public let spelling: String
    public let value: Value

    public init(spelling: String, value: Value) {
        self.spelling = spelling
        self.value = value
    }
}

/// A string as written and the bytes it stands for. They need not be UTF-8: `'\xff'` is one byte.
public struct StringLiteral: Sendable, Hashable {
    /// With its quotes.
    public let spelling: String
    public let bytes: [UInt8]

    public init(spelling: String, bytes: [UInt8]) {
        self.spelling = spelling
        self.bytes = bytes
    }
}
