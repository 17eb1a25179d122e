// SPDX-License-Identifier: Apache-2.0

extension SyntaxPrinter {
    mutating func write(_ statement: Statement) {
        switch statement {
        case .definition(let definition): write(definition)
        case .select(let select): write(select)
        }
    }

    mutating func write(_ definition: Definition) {
        write("LET \(definition.name.spelling)")
        if let parameters = definition.parameters {
            write("(")
            write(parameters) { $0.write($1) }
            write(")")
        }
        write(definition.binding == .lazy ? " = " : " <= ")
        switch definition.body {
        case .select(let select): write(select)
        case .expression(let expression): write(expression)
        }
    }

    private mutating func write(_ parameter: Parameter) {
        write(parameter.name.spelling)
        guard let value = parameter.defaultValue else { return }
        write("=")
        write(value)
    }

    mutating func write(_ select: Select) {
        let explains = style == .canonical ? min(1, select.explainCount) : select.explainCount
        write(String(repeating: "EXPLAIN ", count: explains))
        write("SELECT ")
        write(select.columns) { $0.write($1) }
        write(select.columns.isEmpty ? "FROM " : " FROM ")
        write(select.source.path)
        if let arguments = select.source.arguments { write([arguments]) }
        write(select.condition, after: " WHERE ")
        write(select.grouping, after: " GROUP BY ")
        if let ordering = select.ordering {
            write(" ORDER BY \(ordering.column.spelling)\(ordering.isDescending ? " DESC" : "")")
        }
        if let limit = select.limit {
            write(" LIMIT \(style == .canonical ? String(limit.value) : limit.spelling)")
        }
    }

    private mutating func write(_ clause: ExpressionList?, after keyword: String) {
        guard let clause else { return }
        write(keyword)
        write(clause)
    }

    private mutating func write(_ column: Column) {
        write(column.content)
        if let alias = column.alias { write(" AS \(alias.spelling)") }
    }

    mutating func write(_ content: Column.Content) {
        switch content {
        case .star: write("*")
        case .select(let select): writeBraced(select)
        case .expression(let expression): write(expression)
        }
    }

    private mutating func writeBraced(_ select: Select) {
        write("{ ")
        write(select)
        write(" }")
    }

    /// The arguments of some calls, each in its parentheses.
    mutating func write(_ calls: [ArgumentList]) {
        for call in calls {
            write("(")
            write(call.arguments) { printer, argument in
                printer.write("\(argument.name.spelling)=")
                printer.write(argument.value)
            }
            write(")")
        }
    }

    private mutating func write(_ value: ArgumentValue) {
        switch value {
        case .select(let select, _): writeBraced(select)
        case .expression(let expression): write(expression)
        case .list(let list):
            write("[")
            if let content = list.content { write(content) }
            write("]")
        }
    }
}
