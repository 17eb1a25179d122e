// SPDX-License-Identifier: Apache-2.0

extension SyntaxElement {
    /// The elements directly inside this one, in the order of the text.
    public var children: [SyntaxElement] {
        switch self {
        case .definition(let definition):
            (definition.parameters ?? []).map { .parameter($0) } + [definition.body.element]
        case .parameter(let parameter):
            [parameter.defaultValue?.element].compactMap(\.self)
        case .select(let select):
            select.columns.map { .column($0) } + [.source(select.source)]
                + [select.condition, select.grouping].compactMap(\.self).map { .list($0) }
        case .column(let column):
            column.content.elements
        case .source(let source):
            (source.arguments?.arguments ?? []).map { .argument($0) }
        case .argument(let argument):
            [argument.value.element]
        case .bracketedList(let list):
            [list.content].compactMap(\.self).map { .list($0) }
        case .list(let list):
            ([list.first] + list.rest.flatMap(\.expressions)).map { .expression($0) }
        case .expression(let expression):
            expression.kind.children
        case .index(let index):
            (index.lowerValues + index.upperValues).map { .expression($0) }
        }
    }
}

extension Statement {
    public var element: SyntaxElement {
        switch self {
        case .definition(let definition): .definition(definition)
        case .select(let select): .select(select)
        }
    }
}

extension Definition.Body {
    public var element: SyntaxElement {
        switch self {
        case .select(let select): .select(select)
        case .expression(let expression): .expression(expression)
        }
    }
}

extension ArgumentValue {
    public var element: SyntaxElement {
        switch self {
        case .select(let select, _): .select(select)
        case .list(let list): .bracketedList(list)
        case .expression(let expression): .expression(expression)
        }
    }
}

extension Column.Content {
    fileprivate var elements: [SyntaxElement] {
        switch self {
        case .star: []
        case .select(let select): [.select(select)]
        case .expression(let expression): [.expression(expression)]
        }
    }
}

extension Expression.Kind {
    fileprivate var children: [SyntaxElement] {
        switch self {
        case .null, .boolean, .number, .string: []
        case .symbol(let symbol): symbol.arguments.map { .argument($0) }
        case .parenthesized(let list): [.list(list.content)]
        case .access(let access):
            [.expression(access.base)]
                + access.steps.compactMap { if case .index(let index) = $0 { .index(index) } else { nil } }
        case .multiplication(let chain): chain.elements
        case .addition(let chain): chain.elements
        case .comparison(let chain): chain.elements
        case .not(let operand): [.expression(operand)]
        case .or(let chain): chain.elements
        case .and(let chain): chain.elements
        }
    }
}

extension OperatorChain {
    /// All operands, from left to right.
    public var operands: [Expression] {
        [first] + links.map(\.operand)
    }

    fileprivate var elements: [SyntaxElement] {
        operands.map { .expression($0) }
    }
}
