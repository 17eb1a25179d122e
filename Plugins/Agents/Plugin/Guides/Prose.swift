// SPDX-License-Identifier: Apache-2.0

/// A sentence in which some words are code: between backticks in the source. What is put in with `\(…)` is taken as it
/// is, so that nobody's name of a deployment can be markup.
struct Prose: Sendable, ExpressibleByStringInterpolation {
    struct Part: Sendable, Equatable {
        var text: String
        var isCode: Bool
    }

    let parts: [Part]

    init(stringLiteral value: String) {
        var words = StringInterpolation(literalCapacity: value.utf8.count, interpolationCount: 0)
        words.appendLiteral(value)
        self.init(stringInterpolation: words)
    }

    init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts.filter { !$0.text.isEmpty }
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts = [Part(text: "", isCode: false)]

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            for (index, piece) in literal.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { parts.append(Part(text: "", isCode: !parts[parts.count - 1].isCode)) }
                parts[parts.count - 1].text += piece
            }
        }

        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            // A line break would end a table's row or a list's item.
            parts[parts.count - 1].text += value.description.map { $0.isNewline ? " " : String($0) }.joined()
        }
    }
}
