// SPDX-License-Identifier: Apache-2.0

/// Checks JSON without building values, so that bytes can be passed on as they are.
///
/// It accepts and refuses exactly what ``JSONValue/init(json:depthLimit:)-(String,_)`` does, and allocates nothing.
/// All offsets count from the first byte given.
public struct JSONScanner: Sendable, Hashable {
    /// The value itself, without the white space around it.
    public let range: Range<Int>
    /// Whether a line feed or carriage return stands between tokens, so that a protocol of lines needs ``compact(_:)``.
    public let hasLineBreak: Bool
    /// Whether the document is an object.
    public let isObject: Bool

    /// Checks a whole document.
    public init(
        _ bytes: UnsafeRawBufferPointer,
        depthLimit: Int = JSONValue.defaultDepthLimit
    ) throws(JSONError) {
        var lexer = try JSONLexer(bytes)
        let opening = lexer.peekToken()
        let first = lexer.position
        try lexer.skipValue(depth: 0, limit: min(depthLimit, JSONValue.greatestDepthLimit))
        range = first..<lexer.position
        try lexer.expectEnd()
        hasLineBreak = lexer.metLineBreak
        isObject = opening == Byte.openBrace
    }

    /// Checks a whole document in memory.
    public init(
        _ bytes: some Sequence<UInt8>,
        depthLimit: Int = JSONValue.defaultDepthLimit
    ) throws(JSONError) {
        self = try withRawBytes(of: bytes) { raw throws(JSONError) in
            try JSONScanner(raw, depthLimit: depthLimit)
        }
    }
}

// MARK: - Compacting

extension JSONScanner {
    /// Checks a document and returns it without the white space between its tokens, everything else byte for byte.
    public static func compact(_ bytes: some Sequence<UInt8>) throws(JSONError) -> [UInt8] {
        try withRawBytes(of: bytes) { raw throws(JSONError) in
            var output: [UInt8] = []
            output.reserveCapacity(raw.count)
            try compact(raw, into: &output)
            return output
        }
    }

    /// Appends a document without the white space between its tokens. Nothing is appended if it is not JSON.
    public static func compact(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(JSONError) {
        let document = try JSONScanner(bytes)
        var lexer = try JSONLexer(bytes)
        var copied = document.range.lowerBound
        lexer.position = copied
        while lexer.position < document.range.upperBound {
            switch lexer[lexer.position] {
            case Byte.quote:
                lexer.position += 1
                _ = try lexer.skipString()
            case 0x09, 0x0A, 0x0D, 0x20:
                output.append(contentsOf: bytes[copied..<lexer.position])
                _ = lexer.peekToken()
                copied = lexer.position
            default: lexer.position += 1
            }
        }
        output.append(contentsOf: bytes[copied..<document.range.upperBound])
    }
}
