// SPDX-License-Identifier: Apache-2.0

/// Reads the grammar of an expression into a ``PatternNode``.
struct PatternParser {
    var scalars: [Unicode.Scalar]
    var position = 0
    private var depth = 0

    private static let depthLimit = 100
    static let greatestCount = 1000

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func pattern() throws(PatternError) -> PatternNode {
        let node = try alternatives()
        if let rest = peek { throw failure("unexpected \"\(rest)\"") }
        return node
    }

    var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    mutating func next() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = peek else { throw failure("unexpected end") }
        position += 1
        return scalar
    }

    func failure(_ message: String) -> PatternError {
        PatternError(description: "\(message) at character \(position + 1)")
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw failure("groups nested more than \(Self.depthLimit) deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var items: [PatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            let item = try atom()
            items.append(try repeated(item))
        }
        return items.isEmpty ? .empty : .sequence(items)
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let scalar = try next()
        switch scalar {
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case ".": return .set(.anythingButLineEnds)
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\":
            if take("b") { return .assertion(.wordBoundary) }
            if take("B") { return .assertion(.noWordBoundary) }
            return .set(try escape(inClass: false))
        case "*", "+", "?":
            position -= 1
            throw failure("nothing to repeat")
        default: return .set(ScalarSet(scalar: scalar))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        if take("?"), !take(":") {
            guard take("<"), let first = peek, first != "=", first != "!" else {
                throw failure("look-around is not supported")
            }
            while try next() != ">" {}
        }
        let node = try alternatives()
        guard take(")") else { throw failure("missing \")\"") }
        return node
    }
}

// MARK: - Repetition

extension PatternParser {
    private mutating func repeated(_ item: PatternNode) throws(PatternError) -> PatternNode {
        guard let (least, most) = try quantifier() else { return item }
        if case .assertion = item { throw failure("an assertion cannot be repeated") }
        // A lazy quantifier finds the same texts; only captures would differ.
        _ = take("?")
        if let again = peek, again == "*" || again == "+" || again == "?" { throw failure("nothing to repeat") }
        return .repetition(item, least: least, most: most)
    }

    private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek == "{" else { return nil }
        let start = position
        position += 1
        guard let least = try count() else {
            // A brace that begins no quantifier stands for itself.
            position = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = try count() }
        guard take("}") else {
            position = start
            return nil
        }
        if let most, most < least { throw failure("a repetition of {\(least),\(most)}, which is the wrong way round,") }
        return (least, most)
    }

    private mutating func count() throws(PatternError) -> Int? {
        var value: Int?
        while let scalar = peek, ("0"..."9").contains(scalar) {
            position += 1
            let sum = (value ?? 0) * 10 + Int(scalar.value - 0x30)
            guard sum <= Self.greatestCount else { throw failure("more than \(Self.greatestCount) repetitions") }
            value = sum
        }
        return value
    }
}
