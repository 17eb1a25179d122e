// SPDX-License-Identifier: Apache-2.0

/// Rewrites a pattern of the server's language (RE2) for this platform's regular expressions.
///
/// What RE2 refuses is refused in its words, and what both take but read differently is spelled out: `$` is the end of
/// the text, `\d \w \s` are ASCII, `[` and `&` inside a class are plain characters.
struct PatternTranslator {
    /// What stands before a repetition operator.
    private enum Previous {
        case nothing
        case atom
        case repetition
        case lazyRepetition
    }

    private let source: [Unicode.Scalar]
    private var place = 0
    private var output = String.UnicodeScalarView()
    private var previous = Previous.nothing
    private var depth = 0
    private var isMultiline = false
    private var groupNames: [String?] = []

    /// - Returns: the rewritten pattern, and the name of each group that captures; `nil` for one without.
    static func translate(_ source: String) throws(PatternError) -> (pattern: String, groupNames: [String?]) {
        var translator = PatternTranslator(source)
        return (try translator.run(), translator.groupNames)
    }

    private init(_ source: String) { self.source = Array(source.unicodeScalars) }

    private mutating func run() throws(PatternError) -> String {
        while place < source.count {
            switch source[place] {
            case "\\":
                try translateEscape(inClass: false)
                previous = .atom
            case "[":
                try translateClass()
                previous = .atom
            case "(": try translateGroup()
            case ")": try closeGroup()
            case "|": copy(then: .nothing)
            case "$":
                write(isMultiline ? "$" : "\\z")
                skip(1, then: .atom)
            case "*", "+", "?": try translateRepetition(source[place])
            case "{": try translateCount()
            case "}":
                write("\\}")
                skip(1, then: .atom)
            default: copy(then: .atom)
            }
        }
        if depth > 0 { throw PatternError(message: "missing closing ): `\(wholePattern)`") }
        return String(output)
    }

    // MARK: - Groups

    private mutating func translateGroup() throws(PatternError) {
        depth += 1
        previous = .nothing
        guard peek("(?") else {
            groupNames.append(nil)
            return copy(then: .nothing)
        }
        if peek("(?P<") { return openNamedGroup(4) }
        if peek("(?<=") || peek("(?<!") { throw PatternError(message: "invalid named capture: `\(text(place))`") }
        if peek("(?<") { return openNamedGroup(3) }
        try translateFlags()
    }

    /// - Parameter length: of `(?P<` or `(?<`.
    private mutating func openNamedGroup(_ length: Int) {
        let name = source[(place + length)...].prefix { $0 != ">" }
        groupNames.append(String(String.UnicodeScalarView(name)))
        write("(?<")
        skip(length, then: .nothing)
        while place < name.endIndex { copy(then: .nothing) }
        if place < source.count { copy(then: .nothing) }
    }

    /// `(?i)`, `(?-i:…)`, `(?:…)`. A flag holds for the rest of the pattern here; RE2 ends it with the group.
    private mutating func translateFlags() throws(PatternError) {
        let letters = source[(place + 2)...].prefix { "imsU-".unicodeScalars.contains($0) }
        let end = letters.endIndex
        guard end < source.count, source[end] == ":" || source[end] == ")" else {
            let shown = String(String.UnicodeScalarView(source[place...min(end, source.count - 1)]))
            throw PatternError(message: "invalid or unsupported Perl syntax: `\(shown)`")
        }
        let switchedOn = letters.prefix { $0 != "-" }
        if switchedOn.contains("m") { isMultiline = true }
        let kept = letters.filter { $0 != "U" }
        write("(?")
        output.append(contentsOf: kept)
        place = end
        if source[end] == ")" { depth -= 1 }
        copy(then: .nothing)
    }

    private mutating func closeGroup() throws(PatternError) {
        depth -= 1
        if depth < 0 { throw PatternError(message: "unexpected ): `\(wholePattern)`") }
        copy(then: .atom)
    }

    // MARK: - Repetition

    private mutating func translateRepetition(_ operation: Unicode.Scalar) throws(PatternError) {
        switch previous {
        case .nothing: throw PatternError(message: "missing argument to repetition operator: `\(operation)`")
        case .repetition where operation == "?": copy(then: .lazyRepetition)
        case .repetition, .lazyRepetition:
            throw PatternError(message: "invalid nested repetition operator: `\(source[place - 1])\(operation)`")
        case .atom: copy(then: .repetition)
        }
    }

    /// `{2}`, `{2,}`, `{2,5}`; any other brace is a plain character.
    private mutating func translateCount() throws(PatternError) {
        let inside = source[(place + 1)...].prefix { $0 == "," || ("0"..."9").contains($0) }
        let numbers = inside.split(separator: ",", omittingEmptySubsequences: false)
        let end = inside.endIndex
        guard end < source.count, source[end] == "}", numbers.count <= 2, numbers.first?.isEmpty == false else {
            write("\\{")
            return skip(1, then: .atom)
        }
        let counts = numbers.filter { !$0.isEmpty }.map { Int(String(String.UnicodeScalarView($0))) ?? .max }
        let shown = String(String.UnicodeScalarView(source[place...end]))
        guard counts.allSatisfy({ $0 <= 1_000 }), counts.count < 2 || counts[0] <= counts[1] else {
            throw PatternError(message: "invalid repeat count: `\(shown)`")
        }
        if previous == .nothing {
            throw PatternError(message: "missing argument to repetition operator: `\(shown)`")
        }
        write(shown)
        skip(end + 1 - place, then: .repetition)
    }

    // MARK: - Classes and escapes

    private mutating func translateClass() throws(PatternError) {
        let start = place
        copy(then: .atom)
        if place < source.count, source[place] == "^" { copy(then: .atom) }
        var isFirst = true
        while place < source.count {
            switch source[place] {
            case "]" where !isFirst: return copy(then: .atom)
            case "\\": try translateEscape(inClass: true)
            case "[" where peek("[:"): copyNamedClass()
            case "[", "]", "&":
                write("\\")
                copy(then: .atom)
            default: copy(then: .atom)
            }
            isFirst = false
        }
        throw PatternError(message: "missing closing ]: `\(text(start))`")
    }

    /// `[:alpha:]`.
    private mutating func copyNamedClass() {
        copy(then: .atom)
        while place < source.count, source[place] != "]" { copy(then: .atom) }
        if place < source.count { copy(then: .atom) }
    }

    private static let asciiClasses: [Unicode.Scalar: String] = [
        "d": "[0-9]", "D": "[^0-9]", "w": "[0-9A-Za-z_]", "W": "[^0-9A-Za-z_]", "s": "[\\t\\n\\f\\r ]",
        "S": "[^\\t\\n\\f\\r ]",
    ]

    private mutating func translateEscape(inClass: Bool) throws(PatternError) {
        guard place + 1 < source.count else {
            throw PatternError(message: "trailing backslash at end of expression: ``")
        }
        let escaped = source[place + 1]
        if let spelled = Self.asciiClasses[escaped] {
            write(spelled)
            return skip(2, then: .atom)
        }
        switch escaped {
        case "Q" where !inClass: quoteLiterally()
        case "p", "P":
            write("\\\(escaped)")
            skip(2, then: .atom)
            if place < source.count, source[place] != "{" {
                write("{\(source[place])}")
                skip(1, then: .atom)
            } else {
                while place < source.count, source[place] != "}" { copy(then: .atom) }
                if place < source.count { copy(then: .atom) }
            }
        case "x" where source.count > place + 2 && source[place + 2] == "{":
            while place < source.count, source[place] != "}" { copy(then: .atom) }
            if place < source.count { copy(then: .atom) }
        case let letter where letter.properties.isAlphabetic && !"afnrtvxbBAz".unicodeScalars.contains(letter),
            let letter where ("1"..."9").contains(letter):
            throw PatternError(message: "invalid escape sequence: `\\\(letter)`")
        default:
            copy(then: .atom)
            copy(then: .atom)
        }
    }

    /// `\Q…\E`, or to the end of the pattern.
    private mutating func quoteLiterally() {
        skip(2, then: .atom)
        while place < source.count, !peek("\\E") {
            if source[place].isASCII, !source[place].properties.isAlphabetic { write("\\") }
            copy(then: .atom)
        }
        skip(min(2, source.count - place), then: .atom)
    }

    // MARK: - Moving on

    private func peek(_ wanted: String) -> Bool { source[place...].starts(with: wanted.unicodeScalars) }

    /// As the server compiles it: the flag that makes it case-insensitive shows in messages.
    private var wholePattern: String { "(?i)" + text(0) }

    private func text(_ start: Int) -> String { String(String.UnicodeScalarView(source[start...])) }

    private mutating func write(_ text: String) { output.append(contentsOf: text.unicodeScalars) }

    private mutating func copy(then kind: Previous) {
        output.append(source[place])
        skip(1, then: kind)
    }

    private mutating func skip(_ count: Int, then kind: Previous) {
        place += count
        previous = kind
    }
}
