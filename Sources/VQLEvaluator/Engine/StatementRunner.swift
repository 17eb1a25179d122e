// SPDX-License-Identifier: Apache-2.0

import VQL

/// Runs the statements of one text in order.
struct StatementRunner {
    /// Runs one SELECT and takes its rows.
    typealias Production = ((VQLRow) throws -> Void) throws -> Void

    private let text: QueryText

    init(_ text: QueryText) { self.text = text }

    /// - Parameter present: called for each SELECT; it must run what it is given.
    /// - Returns: the scope with all definitions.
    func run(in outer: Scope, _ present: (Production) throws -> Void) throws -> Scope {
        var scope = outer
        for statement in text.program.statements {
            switch statement {
            case .definition(let definition):
                scope.context.statement = definition.printed
                scope = scope.with([definition.name.unquotedName: try value(of: definition, in: scope)])
            case .select(let select):
                scope.context.statement = select.printedOnce
                let query = StoredQuery(select: select, text: text.id)
                let inner = scope.with(["$Query": .text(select.printedOnce)])
                try present { emit in try query.forEachRow(in: inner, emit) }
            }
        }
        return scope
    }

    private func value(of definition: Definition, in scope: Scope) throws -> VQLValue {
        let name = definition.name.unquotedName
        let context = scope.context
        if context.registry.function(named: name) != nil {
            context.log(LogLine(.warning, "LET expression is masking a built in function \(name)"))
        }
        let isLazy = definition.binding == .lazy
        if !isLazy, definition.parameters != nil {
            let message = "Expression \(name) takes parameters but is materialized! Did you mean to use '='? "
            context.log(LogLine(.warning, message))
        }
        switch definition.body {
        case .select(let select):
            let query = StoredQuery(select: select, text: text.id, parameters: isLazy ? definition.parameters : nil)
            return isLazy ? .query(query) : try query.list(in: scope)
        case .expression(let expression):
            let stored = StoredExpression(expression: expression, text: text.id, parameters: definition.parameters)
            if isLazy { return .expression(stored) }
            let evaluator = Evaluator(scope: scope, text: text.id)
            return try evaluator.expanded(evaluator.value(of: expression))
        }
    }
}
