// SPDX-License-Identifier: Apache-2.0

/// A regular expression in ECMAScript's spelling that never takes more than linear time.
///
/// Supported: alternatives, groups (also `(?:…)` and named ones, none of which capture), `* + ?` and `{n,m}` with their
/// lazy forms, classes, `.`, `^ $ \b \B`, `\d \w \s` and their opposites, `\t \n \r \f \v \0 \cX \xHH \uHHHH \u{H…}`,
/// and `\p{…}` for general categories. Refused: look-around and back-references, which no linear matcher can have.
/// Matching goes by Unicode scalars, as JSON Schema counts characters.
struct Pattern: Sendable {
    let source: String
    private let program: [PatternInstruction]

    init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source)
        var compiler = PatternCompiler()
        program = try compiler.program(for: try parser.pattern())
    }

    /// Whether the expression matches anywhere in `text`.
    func matches(_ text: String) -> Bool {
        var machine = PatternMachine(program)
        return machine.run(over: text)
    }
}

/// Why a text is not a usable expression.
struct PatternError: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// The tree of an expression.
indirect enum PatternNode: Hashable, Sendable {
    case empty
    case set(ScalarSet)
    case assertion(PatternAssertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// At least `least` times, at most `most` times; without end where `most` is `nil`.
    case repetition(PatternNode, least: Int, most: Int?)
}

enum PatternAssertion: Hashable, Sendable {
    case start
    case end
    case wordBoundary
    case noWordBoundary
}
