// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import VQL

extension VQLToolCheck {
    /// The server's own variables hide those that come with a query.
    private static let taken: Set<String> = ["Artifact", "config", "_SessionId", "NULL"]

    mutating func checkParameters() {
        if json["input_schema"]?["additionalProperties"] != false {
            add(
                ["input_schema"],
                "The tool would take arguments that nobody declares, and drop them in silence.",
                "Say additionalProperties: false in input_schema."
            )
        }
        for (name, _) in tool.parameters {
            let place = ["input_schema", "properties", name]
            if !Self.isName(name) {
                add(
                    place,
                    "\(name) cannot be the name of a VQL variable.",
                    "Use letters, digits and underscores, no digit first."
                )
            } else if Self.taken.contains(name) {
                add(place, "The server has a variable \(name) of its own, which hides the argument.", "Rename it.")
            }
        }
        for (name, type) in VQLToolDefinition.ownArguments {
            guard let property = json["input_schema"]?["properties"]?[name], property["type"]?.stringValue != type
            else { continue }
            add(
                ["input_schema", "properties", name],
                "\(name) is the runner's own argument and has the type \(type).",
                "Say type: \(type), or give your argument another name."
            )
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.isASCII else { return false }
        return (first == "_" || first.properties.isAlphabetic)
            && name.unicodeScalars.allSatisfy {
                $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
            }
    }

    // MARK: - Use

    mutating func checkVariables(_ use: VariableUse) {
        for (name, position) in use.needed where tool.parameters[name] == nil && !Self.taken.contains(name) {
            let isOwn = VQLToolDefinition.ownArguments.contains { $0.name == name }
            let near = SymbolTable.nearest(to: name, among: tool.parameters.map(\.key), limit: 1).first
            let question = near.map { "Did you mean \($0)? " } ?? ""
            add(
                Self.query,
                isOwn
                    ? "\(name) is the runner's own argument and no variable."
                    : "The variable \(name) is used but declared nowhere: it would be NULL.",
                isOwn ? "Give your argument another name." : question + "Declare it in input_schema.properties.",
                at: position
            )
        }
        for (name, _) in tool.parameters {
            let place = ["input_schema", "properties", name]
            if use.defined.contains(name) {
                add(place, "A LET of the query hides the argument \(name).", "Rename one of the two.")
            } else if !use.read.contains(name) {
                add(
                    place,
                    "The argument \(name) is declared, but the query does not use it.",
                    "Use it as the variable \(name), or remove it."
                )
            }
        }
    }

    // MARK: - Columns

    /// What a SELECT without `*` gives is known before it runs.
    mutating func checkColumns(_ program: Program) {
        var seen: Set<String> = []
        for (index, column) in tool.columns.enumerated() where !seen.insert(column.name).inserted {
            add(["run", "vql", "columns", "\(index)"], "The column \(column.name) is listed twice.", "Remove one.")
        }
        guard let select = program.selects.first, let given = Self.columns(of: select) else { return }
        for (index, column) in tool.columns.enumerated() where !given.contains(column.source) {
            add(
                ["run", "vql", "columns", "\(index)"],
                "The query gives no column \(column.source).",
                "It gives: \(given.joined(separator: ", "))."
            )
        }
    }

    /// `nil` where they are not written out.
    private static func columns(of select: Select) -> [String]? {
        var names: [String] = []
        for column in select.columns {
            if let alias = column.alias {
                names.append(alias.unquotedName)
            } else if case .expression(let expression) = column.content, case .symbol(let symbol) = expression.kind,
                !symbol.isCalled, symbol.path.count == 1
            {
                names.append(symbol.name)
            } else {
                return nil
            }
        }
        return names
    }
}
