// SPDX-License-Identifier: Apache-2.0

internal import VQL

/// Which names a query reads, and which of them can be nothing but variables that come with it.
///
/// A name beside FROM may be a column or a variable; which, only the running query knows. What is worked out before
/// there is any row, and is defined nowhere in the query, must come with it.
struct VariableUse {
    /// All names that are read, also in lambdas that are literal texts.
    private(set) var read: Set<String> = []
    /// Names that the query gives to something: LET and its parameters.
    private(set) var defined: Set<String> = []
    /// Names that must come with the query, each where it is first read.
    private(set) var needed: [(name: String, position: SourcePosition)] = []

    init(of program: Program) {
        for element in program.elements {
            switch element {
            case .definition(let definition): defined.insert(definition.name.unquotedName)
            case .parameter(let parameter): defined.insert(parameter.name.unquotedName)
            case .source(let source): if !source.isCalled { read.insert(source.path[0].name) }
            case .expression(let expression): note(expression)
            default: break
            }
        }
        for statement in program.statements { findNeeded(statement) }
    }

    private mutating func note(_ expression: Expression) {
        switch expression.kind {
        case .symbol(let symbol): if !symbol.isCalled { read.insert(symbol.path[0].name) }
        case .string(let literal):
            guard let text = String(validating: literal.bytes, as: UTF8.self), text.contains("=>") else { return }
            noteLambda(text)
        default: break
        }
    }

    /// A text that is no lambda reads nothing.
    private mutating func noteLambda(_ text: String) {
        let lambda: Lambda
        do throws(VQLSyntaxError) {
            lambda = try Lambda(parsing: text)
        } catch {
            return
        }
        for case .expression(let expression) in lambda.elements {
            if case .symbol(let symbol) = expression.kind { read.insert(symbol.path[0].name) }
        }
    }

    /// A lazy LET runs wherever it is mentioned, with the columns of that place; it is left out.
    private mutating func findNeeded(_ statement: Statement) {
        switch statement {
        case .select(let select): findNeeded(inArgumentsOf: select)
        case .definition(let definition):
            guard definition.binding == .materialized else { return }
            switch definition.body {
            case .select(let select): findNeeded(inArgumentsOf: select)
            case .expression(let expression): findNeeded(below: .expression(expression))
            }
        }
    }

    private mutating func findNeeded(inArgumentsOf select: Select) {
        for argument in select.source.arguments?.arguments ?? [] { findNeeded(below: argument.value.element) }
    }

    /// A query inside an argument, and a LET that is called, have columns or names of their own.
    private mutating func findNeeded(below root: SyntaxElement) {
        var walk = SyntaxWalk([root]).makeIterator()
        while let element = walk.next() {
            if case .select = element { walk.skipChildren() }
            guard case .expression(let expression) = element, case .symbol(let symbol) = expression.kind,
                !symbol.isCalled
            else { continue }
            let name = symbol.path[0].name
            guard !defined.contains(name), !needed.contains(where: { $0.name == name }) else { continue }
            needed.append((name, expression.range.start))
        }
    }
}
