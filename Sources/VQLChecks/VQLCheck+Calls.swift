// SPDX-License-Identifier: Apache-2.0

internal import VQL

/// Names and arguments.
extension VQLCheck {
    mutating func check(_ source: Source) {
        guard source.path.count == 1 else { return }
        let name = source.name
        guard source.isCalled else {
            guard !isKnown(name), SymbolTable.entry(name, .plugin) != nil else { return }
            return add(.error, "FROM \(name) needs parentheses.", "Write FROM \(name)().", at: source.range.start)
        }
        if let entry = SymbolTable.entry(name, .plugin) {
            check(source.arguments?.arguments ?? [], of: entry, at: source.range.start)
        } else if !isKnown(name) {
            let advice = SymbolAdvice.unknown(name, .plugin)
            add(.error, "There is no plugin \(name).", advice, at: source.range.start)
        }
    }

    mutating func check(_ symbol: Symbol, at position: SourcePosition) {
        guard symbol.isCalled, symbol.path.count == 1 else { return }
        if let entry = SymbolTable.entry(symbol.name, .function) {
            check(symbol.arguments, of: entry, at: position)
        } else if !isKnown(symbol.name) {
            let advice = SymbolAdvice.unknown(symbol.name, .function)
            add(.error, "There is no function \(symbol.name).", advice, at: position)
        }
    }

    private mutating func check(_ arguments: [Argument], of entry: SymbolTable.Entry, at position: SourcePosition) {
        if !entry.platforms.isEmpty, !entry.platforms.contains(.linux) {
            let systems = entry.platforms.map(\.rawValue).sorted().joined(separator: " and ")
            add(
                .warning,
                "\(entry.name)() exists on \(systems) only.",
                "A server on Linux does not have it: collect an artifact that uses it.",
                at: position
            )
        }
        var given: Set<String> = []
        for argument in arguments {
            let name = argument.name.unquotedName
            if !given.insert(name).inserted {
                add(
                    .error,
                    "\(entry.name)() has the argument \(name) twice.",
                    "Give it once; for several values use a list.",
                    at: argument.range.start
                )
            }
            let specification = entry.arguments.first { $0.name == name }
            checkList(argument, specification)
            if specification == nil, !entry.arguments.isEmpty, name != "**" {
                add(
                    .error,
                    "\(entry.name)() has no argument \(name).",
                    argumentAdvice(name, entry),
                    at: argument.range.start
                )
            }
        }
        guard !given.contains("**") else { return }
        for missing in entry.arguments where missing.isRequired && !given.contains(missing.name) {
            let list = SymbolAdvice.arguments(of: entry.name, entry.kind) ?? ""
            add(.error, "\(entry.name)() needs the argument \(missing.name).", list, at: position)
        }
    }

    private func argumentAdvice(_ name: String, _ entry: SymbolTable.Entry) -> String {
        let near = SymbolTable.nearest(to: name, among: entry.arguments.map(\.name), limit: 1).first
        let list = SymbolAdvice.arguments(of: entry.name, entry.kind) ?? ""
        return (near.map { "Did you mean \($0)? " } ?? "") + list
    }

    /// `[x]` is `x`. Where the argument is a list anyway that makes no difference.
    private mutating func checkList(_ argument: Argument, _ specification: ArgumentSpecification?) {
        guard specification?.isRepeated != true, case .list(let list) = argument.value,
            let content = list.content, !content.hasComma
        else { return }
        add(
            .warning,
            "A list of one element in brackets is that element alone.",
            "Write [x,] with a comma for a list of one.",
            at: list.range.start
        )
    }
}
