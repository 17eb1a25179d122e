// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A regular expression as the server reads it: case-insensitive, unanchored, without look-around.
///
/// The server's run in linear time. These may backtrack: a pattern such as `(a+)+$` can take long.
struct Pattern: Sendable {
    private let expression: NSRegularExpression
    /// The name of each group: its own, or `g1`, `g2` by its place.
    let groupNames: [String]

    init(_ source: String) throws(PatternError) {
        let translated = try PatternTranslator.translate(source)
        groupNames = translated.groupNames.enumerated().map { $1 ?? "g\($0 + 1)" }
        do {
            let pattern = translated.pattern
            expression = try NSRegularExpression(pattern: pattern, options: [.caseInsensitive, .useUnixLineSeparators])
        } catch {
            throw PatternError(message: "invalid or unsupported syntax: `\(source)`")
        }
    }

    func matches(_ text: String) -> Bool {
        expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// Every match: the whole and its groups, `nil` for a group that took no part.
    func allMatches(in text: String) -> [[Range<String.Index>?]] {
        expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { match in
            (0..<match.numberOfRanges).map { Range(match.range(at: $0), in: text) }
        }
    }
}

/// What is wrong with a pattern, in the words of the server's regular expressions.
struct PatternError: Error {
    let message: String
}
