// SPDX-License-Identifier: Apache-2.0

import VQL

/// Checks the arguments of one call and converts them to what the built-in declares.
///
/// As on the server: a missing argument is reported before an unexpected one, and that before a wrong type.
struct ArgumentReader {
    private let declared: [ArgumentSpecification]?
    private let isLazy: Bool
    private let evaluator: Evaluator

    init(_ rule: ArgumentRule, of name: String, _ kind: SymbolTable.Kind, _ evaluator: Evaluator) {
        self.evaluator = evaluator
        isLazy = rule == .freeFormLazy
        switch rule {
        case .exactly(let list): declared = list
        case .freeForm, .freeFormLazy: declared = nil
        case .fromTable: declared = SymbolTable.entry(name, kind)?.arguments
        }
    }

    func read(_ given: [Argument]) throws -> Arguments {
        guard let declared else { return try readFreeForm(given) }
        let entries = try given.flatMap { try spread($0) }
        for specification in declared where specification.isRequired {
            guard entries.contains(where: { $0.name == specification.name }) else {
                throw VQLFailure("Field \(specification.name) is required")
            }
        }
        var arguments = Arguments()
        for entry in entries {
            guard let specification = declared.first(where: { $0.name == entry.name }) else {
                throw VQLFailure("Unexpected arg \(entry.name)")
            }
            arguments.append(entry.name, try converted(entry, specification))
        }
        return arguments
    }

    private func readFreeForm(_ given: [Argument]) throws -> Arguments {
        var arguments = Arguments()
        for argument in given {
            let lazy = LazyArgument(value: argument.value, evaluator: evaluator)
            let entry = isLazy ? .lazy(lazy) : Arguments.Entry.value(try lazy.evaluate())
            arguments.append(argument.name.unquotedName, entry)
        }
        return arguments
    }

    private struct Given {
        var name: String
        var entry: Arguments.Entry
    }

    /// One argument, or the members of the dictionary that is given as `**`.
    private func spread(_ argument: Argument) throws -> [Given] {
        let name = argument.name.unquotedName
        let lazy = LazyArgument(value: argument.value, evaluator: evaluator)
        if name == "**", case .dictionary(let members) = try lazy.evaluate() {
            return members.row.map { Given(name: $0.name, entry: .value($0.value)) }
        }
        return [Given(name: name, entry: .lazy(lazy))]
    }

    private func converted(_ given: Given, _ specification: ArgumentSpecification) throws -> Arguments.Entry {
        if specification.kind == .lazy { return given.entry }
        let value =
            switch given.entry {
            case .value(let value): value
            case .lazy(let lazy): try lazy.evaluate()
            }
        let conversion = ArgumentConversion(specification, evaluator)
        return .value(try conversion.convert(value))
    }
}
