// SPDX-License-Identifier: Apache-2.0

extension Program {
    /// Parses a whole request. One error anywhere refuses all of it, as on the server.
    ///
    /// Takes time linear in the length of the text. More than 2,048 parentheses and NOTs, or 250 calls, brackets and
    /// subqueries, inside each other are an error, so that a hostile text exhausts no stack: in a release build one
    /// mebibyte is enough to parse, and two to print or compare what was parsed.
    public init(parsing text: String) throws(VQLSyntaxError) {
        self = try Parser.parse(text) { (parser) throws(ParseFailure) in try parser.parseProgram() }
    }
}

extension Lambda {
    /// Parses the text of a lambda: parameters, `=>`, one expression.
    public init(parsing text: String) throws(VQLSyntaxError) {
        self = try Parser.parse(text, isLambda: true) { (parser) throws(ParseFailure) in try parser.parseLambda() }
    }
}

extension ExpressionList {
    /// Parses what can stand after WHERE, and nothing else.
    public init(parsing text: String) throws(VQLSyntaxError) {
        self = try Parser.parse(text) { (parser) throws(ParseFailure) in
            let list = try parser.parseList()
            guard parser.peek() == .endOfText else { throw parser.failureOfTrailingText() }
            return list
        }
    }
}

extension Parser {
    fileprivate static func parse<Node>(
        _ text: String,
        isLambda: Bool = false,
        _ production: (inout Parser) throws(ParseFailure) -> Node
    ) throws(VQLSyntaxError) -> Node {
        var parser = try Parser(text, isLambda: isLambda)
        let node: Node
        do throws(ParseFailure) {
            node = try production(&parser)
        } catch {
            throw parser.syntaxError(error)
        }
        if let number = parser.nonconformingNumber {
            throw parser.syntaxError(number)
        }
        return node
    }
}
