// SPDX-License-Identifier: Apache-2.0

/// Recursive descent over the tokens of one text.
///
/// **Backtracking.** The server undoes an optional part, or gives up an alternative, when it fails after at most one
/// token; a later failure is final. That rule never changes what is accepted but it decides which token an error names,
/// so ``optional(_:)`` and ``alternative(_:)`` follow it. Since no more than one token is ever read again, the time is
/// linear in the length of the text.
struct Parser {
    /// Parentheses and NOTs that may stand inside each other. They cost no stack here, but a walk through the tree goes
    /// as deep.
    static let maximumNesting = 2_048
    /// Calls, brackets and braces that may stand inside each other, each of which is a recursion.
    static let maximumRecursion = 250

    let bytes: [UInt8]
    let tokens: [Token]
    /// Whether the text is that of a lambda, where `iN` is an operator of its own.
    let isLambda: Bool
    /// Index of the next token. The last token is the end of the text and is never consumed.
    var cursor = 0
    /// How often a token was looked at, for tests of linearity.
    private(set) var steps = 0

    /// Open parentheses and pending NOTs.
    var nesting = 0
    private var recursion = 0
    /// The failure of an undone part that came furthest. It explains a token that nothing wanted better than that
    /// token.
    private var furthestFailure: ParseFailure?
    /// The first number that does not fit its place. It is reported only if everything else was right.
    var nonconformingNumber: (token: Int, isOutOfRange: Bool)?

    init(_ text: String, isLambda: Bool) throws(VQLSyntaxError) {
        bytes = Array(text.utf8)
        tokens = try Lexer.tokens(of: bytes)
        self.isLambda = isLambda
    }
}

extension Parser {
    // Reading tokens.

    mutating func peek() -> TokenKind {
        steps += 1
        return tokens[cursor].kind
    }

    /// Takes the next token if it is of that kind.
    mutating func take(_ kind: TokenKind) -> Bool {
        guard peek() == kind else { return false }
        cursor += 1
        return true
    }

    mutating func expect(_ kind: TokenKind, _ expectation: Expectation) throws(ParseFailure) {
        guard take(kind) else { throw unexpected(expectation) }
    }

    func unexpected(_ expectation: Expectation?) -> ParseFailure {
        ParseFailure(token: cursor, reason: .unexpected(expectation))
    }

    func text(of range: SourceRange) -> String {
        text(ofBytes: range.start.byteOffset..<range.end.byteOffset)
    }

    func text(ofBytes range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// From a token to the last one that was consumed.
    func location(from first: Int) -> NodeLocation {
        NodeLocation(SourceRange(from: tokens[first].range, to: tokens[max(first, cursor - 1)].range))
    }
}

extension Parser {
    // Backtracking and depth.

    /// Whether a part that began at a token and failed may be undone.
    func canUndo(to start: Int, after failure: ParseFailure) -> Bool {
        cursor - start <= 1 && !failure.isFinal
    }

    /// Undoes an optional part that failed, or passes its failure on.
    mutating func undo(to start: Int, after failure: ParseFailure) throws(ParseFailure) {
        guard canUndo(to: start, after: failure) else { throw failure }
        if failure.token > furthestFailure?.token ?? -1 { furthestFailure = failure }
        cursor = start
    }

    /// A part that may be missing.
    mutating func optional<Node>(
        _ parse: (inout Parser) throws(ParseFailure) -> Node
    ) throws(ParseFailure) -> Node? {
        let start = cursor
        do throws(ParseFailure) {
            return try parse(&self)
        } catch {
            try undo(to: start, after: error)
            return nil
        }
    }

    /// One of several alternatives, of which only this one can begin with the next token.
    mutating func alternative<Node>(
        _ parse: (inout Parser) throws(ParseFailure) -> Node
    ) throws(ParseFailure) -> Node {
        let start = cursor
        do throws(ParseFailure) {
            return try parse(&self)
        } catch {
            if canUndo(to: start, after: error) { cursor = start }
            throw error
        }
    }

    /// Begins a production that may contain itself. Balance it with ``leave()``.
    mutating func enter() throws(ParseFailure) {
        guard recursion < Self.maximumRecursion else {
            throw ParseFailure(token: cursor, reason: .nestedTooDeeply(limit: Self.maximumRecursion))
        }
        recursion += 1
    }

    mutating func leave() {
        recursion -= 1
    }

    /// The failure to report when a text goes on after all that could be parsed.
    func failureOfTrailingText() -> ParseFailure {
        if let furthestFailure, furthestFailure.token > cursor { return furthestFailure }
        return unexpected(nil)
    }
}
