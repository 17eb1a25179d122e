// SPDX-License-Identifier: Apache-2.0

extension JSONLexer {
    /// Moves behind the next value, whatever it is, which lies `depth` levels deep.
    mutating func skipValue(depth: Int, limit: Int) throws(JSONError) {
        guard let byte = peekToken() else { throw surprise() }
        switch byte {
        case Byte.quote:
            position += 1
            _ = try skipString()
        case Byte.openBrace: try skipObject(depth: depth, limit: limit)
        case Byte.openBracket: try skipArray(depth: depth, limit: limit)
        case Byte.minus, Byte.zero...Byte.nine: _ = try skipNumber()
        case Byte.t: try skipWord("true")
        case Byte.f: try skipWord("false")
        case Byte.n: try skipWord("null")
        default: throw surprise()
        }
    }

    /// Moves behind the bracket or brace that opens a container at `depth`.
    mutating func open(depth: Int, limit: Int) throws(JSONError) {
        guard depth < limit else { throw failure(.tooDeep(limit: limit)) }
        position += 1
    }

    /// Whether the container closes right here, in which case its end is behind.
    @inline(__always)
    mutating func close(_ closing: UInt8) -> Bool {
        guard peekToken() == closing else { return false }
        position += 1
        return true
    }

    /// Moves behind the comma or the end that follows an element; says whether another element has to come.
    @inline(__always)
    mutating func continues(_ closing: UInt8) throws(JSONError) -> Bool {
        let next = peekToken()
        guard next == Byte.comma || next == closing else { throw surprise() }
        position += 1
        return next == Byte.comma
    }

    private mutating func skipArray(depth: Int, limit: Int) throws(JSONError) {
        try open(depth: depth, limit: limit)
        if close(Byte.closeBracket) { return }
        repeat {
            try skipValue(depth: depth + 1, limit: limit)
        } while try continues(Byte.closeBracket)
    }

    private mutating func skipObject(depth: Int, limit: Int) throws(JSONError) {
        try open(depth: depth, limit: limit)
        if close(Byte.closeBrace) { return }
        repeat {
            try expect(Byte.quote)
            _ = try skipString()
            try expect(Byte.colon)
            try skipValue(depth: depth + 1, limit: limit)
        } while try continues(Byte.closeBrace)
    }
}
