// SPDX-License-Identifier: Apache-2.0

import VQL

/// Runs the statements of one text in order.
struct StatementRunner {
    private let text: QueryText

    init(_ text: QueryText) { self.text = text }

    /// - Parameter runSelect: called for each SELECT with the scope to run it in.
    /// - Returns: the scope with all definitions.
    func run(in outer: Scope, _ runSelect: (StoredQuery, Scope) throws -> Void) throws -> Scope {
        var scope = outer
        for statement in text.program.statements {
            scope.context.statement = statement.canonicalText
            switch statement {
            case .definition(let definition):
                scope = scope.with([definition.name.unquotedName: try value(of: definition, in: scope)])
            case .select(let select):
                let inner = scope.with(["$Query": .text(select.printedOnce)])
                try runSelect(StoredQuery(select: select, text: text.id), inner)
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
            return isLazy ? .query(query) : try orNull { try query.list(in: scope) }
        case .expression(let expression):
            let stored = StoredExpression(expression: expression, text: text.id, parameters: definition.parameters)
            if isLazy { return .expression(stored) }
            let evaluator = Evaluator(scope: scope, text: text.id)
            return try orNull { try evaluator.expanded(evaluator.value(of: expression)) }
        }
    }

    private func orNull(_ value: () throws -> VQLValue) throws -> VQLValue {
        do {
            return try value()
        } catch is StackOverflow {
            return .null
        }
    }
}
