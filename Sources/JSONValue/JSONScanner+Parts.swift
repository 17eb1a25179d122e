// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// A member of an object that has been checked but not read.
    public struct Member: Sendable, Hashable {
        public let key: String
        /// The bytes of the value.
        public let range: Range<Int>
    }

    /// The members of a document that must be an object. Of members with one name only the last is given.
    public static func members(
        of bytes: UnsafeRawBufferPointer,
        depthLimit: Int = JSONValue.defaultDepthLimit
    ) throws(JSONError) -> [Member] {
        var members = MemberList()
        try walk(bytes, expected: "an object", opening: Byte.openBrace, closing: Byte.closeBrace) {
            lexer throws(JSONError) in
            try lexer.expect(Byte.quote)
            let key = try lexer.readString()
            try lexer.expect(Byte.colon)
            members.set(Member(key: key, range: try lexer.valueRange(depthLimit: depthLimit)))
        }
        return members.members
    }

    /// The members of a document that must be an object. Of members with one name only the last is given.
    public static func members(of bytes: some Sequence<UInt8>) throws(JSONError) -> [Member] {
        try withRawBytes(of: bytes) { raw throws(JSONError) in try members(of: raw) }
    }

    /// The bytes of each element of a document that must be an array.
    public static func elements(
        of bytes: UnsafeRawBufferPointer,
        depthLimit: Int = JSONValue.defaultDepthLimit
    ) throws(JSONError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        try walk(bytes, expected: "an array", opening: Byte.openBracket, closing: Byte.closeBracket) {
            lexer throws(JSONError) in
            ranges.append(try lexer.valueRange(depthLimit: depthLimit))
        }
        return ranges
    }

    /// The bytes of each element of a document that must be an array.
    public static func elements(of bytes: some Sequence<UInt8>) throws(JSONError) -> [Range<Int>] {
        try withRawBytes(of: bytes) { raw throws(JSONError) in try elements(of: raw) }
    }

    /// Goes through the outermost container and its whole document, one call of `readPart` for each part.
    private static func walk(
        _ bytes: UnsafeRawBufferPointer,
        expected: String,
        opening: UInt8,
        closing: UInt8,
        readPart: (inout JSONLexer) throws(JSONError) -> Void
    ) throws(JSONError) {
        var lexer = try JSONLexer(bytes)
        guard let first = lexer.peekToken() else { throw lexer.surprise() }
        guard first == opening else {
            // Bytes that are no JSON at all are told as such.
            let start = lexer.position
            _ = try JSONScanner(bytes)
            throw JSONError(.wrongType(expected: expected), at: start)
        }
        lexer.position += 1
        if !lexer.close(closing) {
            repeat {
                try readPart(&lexer)
            } while try lexer.continues(closing)
        }
        try lexer.expectEnd()
    }
}

extension JSONLexer {
    /// Moves behind the next value, one level down, and returns its bytes.
    fileprivate mutating func valueRange(depthLimit: Int) throws(JSONError) -> Range<Int> {
        _ = peekToken()
        let first = position
        try skipValue(depth: 1, limit: min(depthLimit, JSONValue.greatestDepthLimit))
        return first..<position
    }
}

/// Members in order. Few are searched one by one; many through an index, so that no input makes this quadratic.
private struct MemberList {
    private(set) var members: [JSONScanner.Member] = []
    private var places: [ExactText: Int] = [:]

    private static let linearLimit = 12

    mutating func set(_ member: JSONScanner.Member) {
        if let place = place(of: member.key) {
            members[place] = member
            return
        }
        members.append(member)
        if members.count > Self.linearLimit { index() }
    }

    private func place(of key: String) -> Int? {
        guard places.isEmpty else { return places[ExactText(key)] }
        return members.firstIndex { ExactText($0.key) == ExactText(key) }
    }

    private mutating func index() {
        if places.isEmpty {
            for (place, member) in members.enumerated() { places[ExactText(member.key)] = place }
        } else if let last = members.last {
            places[ExactText(last.key)] = members.count - 1
        }
    }
}
