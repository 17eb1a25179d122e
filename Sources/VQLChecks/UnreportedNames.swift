// SPDX-License-Identifier: Apache-2.0

internal import VQL

/// The names in a query's conditions, where the server treats one that does not exist as NULL and says nothing.
///
/// Everywhere else an unknown name leaves a line in the log. In WHERE and GROUP BY a slip only empties the result, which
/// looks like the truth.
package struct UnreportedNames: Sendable, Hashable {
    /// The names in WHERE, each once, in the query's order.
    package private(set) var conditions: [String] = []
    /// The names in GROUP BY.
    package private(set) var groupings: [String] = []

    /// Empty where the query cannot be read: the server reports what is wrong with it, with its place.
    package init(in query: String) {
        let program: Program
        do throws(VQLSyntaxError) {
            program = try Program(parsing: query)
        } catch {
            return
        }
        for case .select(let select) in program.elements {
            Self.collect(from: select.condition, into: &conditions)
            Self.collect(from: select.grouping, into: &groupings)
        }
    }

    private static func collect(from list: ExpressionList?, into names: inout [String]) {
        guard let list else { return }
        for case .expression(let expression) in SyntaxWalk([.list(list)]) {
            guard case .symbol(let symbol) = expression.kind, symbol.calls.isEmpty else { continue }
            let name = symbol.path.map(\.name).joined(separator: ".")
            if !names.contains(name) { names.append(name) }
        }
    }
}
