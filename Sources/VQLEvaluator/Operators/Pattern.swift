// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A regular expression as the server reads it: case-insensitive, unanchored, linear, without look-around.
struct Pattern: Sendable {
    private let expression: NSRegularExpression

    init(_ source: String) throws(PatternError) {
        try PatternRules.check(source)
        do {
            // Go writes (?P<name>…) where this platform writes (?<name>…).
            let pattern = source.replacing("(?P<", with: "(?<")
            expression = try NSRegularExpression(pattern: pattern, options: [.caseInsensitive])
        } catch {
            throw PatternError(message: "invalid or unsupported syntax: `\(source)`")
        }
    }

    func matches(_ text: String) -> Bool {
        expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// The name of each group: its own, or `g1`, `g2` by its place.
    var groupNames: [String] {
        var names = (0..<expression.numberOfCaptureGroups).map { "g\($0 + 1)" }
        for (place, name) in GroupScanner.names(in: expression.pattern) where names.indices.contains(place) {
            names[place] = name
        }
        return names
    }

    /// Every match: the whole and its groups, `nil` for a group that took no part.
    func allMatches(in text: String) -> [[Range<String.Index>?]] {
        expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { match in
            (0..<match.numberOfRanges).map { Range(match.range(at: $0), in: text) }
        }
    }
}

/// Finds the named groups of a pattern.
private enum GroupScanner {
    /// The name of each named group, by its place among all groups that capture.
    static func names(in pattern: String) -> [(place: Int, name: String)] {
        var found: [(Int, String)] = []
        var place = 0
        var rest = Substring(pattern)
        while let character = rest.popFirst() {
            if character == "\\" { rest = rest.dropFirst() }
            guard character == "(" else { continue }
            if rest.hasPrefix("?<") {
                found.append((place, String(rest.dropFirst(2).prefix { $0 != ">" })))
                place += 1
            } else if !rest.hasPrefix("?") {
                place += 1
            }
        }
        return found
    }
}

/// What is wrong with a pattern, in the words of the server's regular expressions.
struct PatternError: Error {
    let message: String
}

/// What the server's regular expressions refuse although this platform's take it.
enum PatternRules {
    static func check(_ source: String) throws(PatternError) {
        var depth = 0
        var place = source.startIndex
        while place < source.endIndex {
            switch source[place] {
            case "\\":
                place = source.index(place, offsetBy: 2, limitedBy: source.endIndex) ?? source.endIndex
                continue
            case "[":
                guard let end = endOfClass(source, place) else {
                    throw PatternError(message: "missing closing ]: `\(source[place...])`")
                }
                place = end
                continue
            case "(":
                try checkGroup(source, place)
                depth += 1
            case ")":
                depth -= 1
                if depth < 0 { throw PatternError(message: "unexpected ): `\(source)`") }
            default: break
            }
            place = source.index(after: place)
        }
        if depth > 0 { throw PatternError(message: "missing closing ): `\(source)`") }
    }

    /// Look-around and atomic groups are refused: the server's expressions run in linear time.
    private static func checkGroup(_ source: String, _ place: String.Index) throws(PatternError) {
        let group = source[place...]
        if group.hasPrefix("(?<=") || group.hasPrefix("(?<!") {
            throw PatternError(message: "invalid named capture: `\(group)`")
        }
        for refused in ["(?=", "(?!", "(?>"] where group.hasPrefix(refused) {
            throw PatternError(message: "invalid or unsupported Perl syntax: `\(refused)`")
        }
    }

    /// The place after the class that begins at `start`; a `]` that comes first belongs to the class.
    private static func endOfClass(_ source: String, _ start: String.Index) -> String.Index? {
        var place = source.index(after: start)
        if place < source.endIndex, source[place] == "^" { place = source.index(after: place) }
        var isFirst = true
        while place < source.endIndex {
            switch source[place] {
            case "]" where !isFirst: return source.index(after: place)
            case "\\": place = source.index(place, offsetBy: 2, limitedBy: source.endIndex) ?? source.endIndex
            case "[" where source[place...].hasPrefix("[:"):
                guard let end = source[place...].range(of: ":]")?.upperBound else { return nil }
                place = end
            default: place = source.index(after: place)
            }
            isFirst = false
        }
        return nil
    }
}
