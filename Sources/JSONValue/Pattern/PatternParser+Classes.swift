// SPDX-License-Identifier: Apache-2.0

extension PatternParser {
    /// The rest of a class whose `[` has been read.
    mutating func characterClass() throws(PatternError) -> ScalarSet {
        var set = ScalarSet(isNegated: take("^"))
        while !take("]") {
            let lower = try classMember()
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.add(lower)
                continue
            }
            position += 1
            let upper = try classMember()
            guard let first = lower.singleScalar, let last = upper.singleScalar else {
                // Beside a class such as `\w` the hyphen stands for itself.
                set.add(lower)
                set.add(ScalarSet(scalar: "-"))
                set.add(upper)
                continue
            }
            guard first <= last else { throw failure("a range whose end comes before its beginning") }
            set.ranges.append(first...last)
        }
        return set
    }

    private mutating func classMember() throws(PatternError) -> ScalarSet {
        let scalar = try next()
        return scalar == "\\" ? try escape(inClass: true) : ScalarSet(scalar: scalar)
    }

    /// What the escape stands for whose backslash has been read.
    mutating func escape(inClass: Bool) throws(PatternError) -> ScalarSet {
        let letter = try next()
        switch letter {
        case "d": return .digits
        case "D": return ScalarSet.digits.negated
        case "w": return .wordCharacters
        case "W": return ScalarSet.wordCharacters.negated
        case "s": return .whiteSpace
        case "S": return ScalarSet.whiteSpace.negated
        case "p": return try category()
        case "P": return try category().negated
        case "b" where inClass: return ScalarSet(scalar: "\u{8}")
        case "1"..."9": throw failure("back-references are not supported, found one")
        default: return ScalarSet(scalar: try escapedScalar(letter))
        }
    }

    private mutating func category() throws(PatternError) -> ScalarSet {
        guard take("{") else { throw failure("missing \"{\"") }
        var name = ""
        while !take("}") { name.unicodeScalars.append(try next()) }
        guard let set = ScalarSet(category: name) else { throw failure("unknown general category \"\(name)\"") }
        return set
    }

    private mutating func escapedScalar(_ letter: Unicode.Scalar) throws(PatternError) -> Unicode.Scalar {
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "f": return "\u{c}"
        case "v": return "\u{b}"
        case "0": return "\0"
        case "c": return Unicode.Scalar(UInt8(truncatingIfNeeded: try next().value) & 0x1F)
        case "x": return try scalar(hexadecimal(digits: 2))
        case "u": return try unicodeEscape()
        case "a"..."z", "A"..."Z": throw failure("unknown escape \"\\\(letter)\"")
        default: return letter
        }
    }

    private mutating func unicodeEscape() throws(PatternError) -> Unicode.Scalar {
        if take("{") {
            var code: UInt32 = 0
            while !take("}") {
                code = code << 4 | (try hexadecimal(digits: 1))
                guard code <= 0x10FFFF else { throw failure("a code beyond U+10FFFF") }
            }
            return try scalar(code)
        }
        let unit = try hexadecimal(digits: 4)
        guard unit & 0xFC00 == 0xD800 else { return try scalar(unit) }
        guard take("\\"), take("u") else { throw failure("half of a surrogate pair") }
        let low = try hexadecimal(digits: 4)
        guard low & 0xFC00 == 0xDC00 else { throw failure("half of a surrogate pair") }
        return try scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
    }

    private func scalar(_ code: UInt32) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal(digits: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = Character(try next()).hexDigitValue else { throw failure("not a hexadecimal digit") }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}

extension ScalarSet {
    /// The one scalar of a set that is no class.
    fileprivate var singleScalar: UInt32? {
        guard !isNegated, parts.isEmpty, categories.isEmpty, ranges.count == 1, let range = ranges.first else {
            return nil
        }
        return range.count == 1 ? range.lowerBound : nil
    }

    fileprivate mutating func add(_ other: ScalarSet) {
        if other.isNegated {
            parts.append(other)
        } else {
            ranges += other.ranges
            categories += other.categories
        }
    }
}
