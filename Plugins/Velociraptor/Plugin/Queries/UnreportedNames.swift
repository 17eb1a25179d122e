// SPDX-License-Identifier: Apache-2.0

internal import VQL

/// The names in a query's conditions, where the server treats one that does not exist as NULL and says nothing.
///
/// Everywhere else an unknown name leaves a line in the log. In WHERE and GROUP BY a slip only empties the result, which
/// looks like the truth.
enum UnreportedNames {
    /// Each name once, in the query's order; none where the query cannot be read.
    static func inConditions(of query: String) -> [String] {
        let program: Program
        do throws(VQLSyntaxError) {
            program = try Program(parsing: query)
        } catch {
            // The server reports what is wrong with it, with its place.
            return []
        }
        var names: [String] = []
        for case .select(let select) in program.elements {
            let conditions = [select.condition, select.grouping].compactMap { $0 }.map(SyntaxElement.list)
            for case .expression(let expression) in SyntaxWalk(conditions) {
                guard case .symbol(let symbol) = expression.kind, symbol.calls.isEmpty else { continue }
                let name = symbol.path.map(\.name).joined(separator: ".")
                if !names.contains(name) { names.append(name) }
            }
        }
        return names
    }
}
