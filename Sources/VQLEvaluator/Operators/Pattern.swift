// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A regular expression as the server reads it: case-insensitive, unanchored, without look-around.
///
/// The server's run in linear time. These may backtrack: a pattern such as `(a+)+$` can take long.
struct Pattern: Sendable {
    private let expression: NSRegularExpression

    init(_ source: String) throws(PatternError) {
        let pattern = try PatternTranslator.translate(source)
        do {
            expression = try NSRegularExpression(pattern: pattern, options: [.caseInsensitive, .useUnixLineSeparators])
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
