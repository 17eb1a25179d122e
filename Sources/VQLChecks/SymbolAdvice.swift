// SPDX-License-Identifier: Apache-2.0

package import VQL

/// What to say about the name of a plugin or function: what was meant, and which arguments it takes.
package enum SymbolAdvice {
    /// The names of this kind that somebody may have meant, the likeliest first.
    package static func nearest(_ name: String, _ kind: SymbolTable.Kind, limit: Int = 3) -> [String] {
        SymbolTable.nearestNames(to: name, kind, limit: limit)
    }

    /// `clients takes search (string), client_id (string), …`; `nil` for a name that the table lacks.
    package static func arguments(of name: String, _ kind: SymbolTable.Kind) -> String? {
        guard let entry = SymbolTable.entry(name, kind) else { return nil }
        guard !entry.arguments.isEmpty else { return "\(name)() declares no arguments." }
        return "\(name)() takes \(entry.arguments.map(text).joined(separator: ", "))."
    }

    /// A sentence for a name that does not exist as this kind: it may exist as the other one.
    static func unknown(_ name: String, _ kind: SymbolTable.Kind) -> String {
        if kind == .plugin, SymbolTable.entry(name, .function) != nil {
            return "\(name)() is a function: SELECT \(name)(…) FROM scope()."
        }
        if kind == .function, SymbolTable.entry(name, .plugin) != nil {
            return "\(name)() is a plugin: it stands after FROM, or as { SELECT * FROM \(name)(…) } in a column."
        }
        let near = nearest(name, kind)
        return near.isEmpty
            ? "vql_help with search finds names by their descriptions."
            : "Did you mean \(near.joined(separator: ", "))?"
    }

    private static func text(_ argument: ArgumentSpecification) -> String {
        var remarks = ["\(argument.kind)"]
        if argument.isRepeated { remarks[0] = "list of \(remarks[0])" }
        if argument.isRequired { remarks.append("required") }
        return "\(argument.name) (\(remarks.joined(separator: ", ")))"
    }
}
