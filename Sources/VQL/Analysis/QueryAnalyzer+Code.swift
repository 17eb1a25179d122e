// SPDX-License-Identifier: Apache-2.0

extension QueryAnalyzer {
    /// Arguments whose text is run as a lambda, beside those that the symbol table marks.
    private static let lambdaArguments: [String: Set<String>] = [
        "regex_replace": ["replace_lambda"], "batch": ["batch_func"], "glob": ["recursion_callback"],
        "process_tracker": ["enrichments"], "process_tracker_tree": ["data_callback"],
    ]

    /// Arguments that take queries only: a name there stands for a LET that is looked at where it is defined.
    mutating func followCode(of symbol: VQLSymbol, _ arguments: CallArguments, _ location: NodeLocation) {
        let lambdas = Set(symbol.arguments.filter { $0.kind == .lambda }.map(\.name))
            .union(Self.lambdaArguments[symbol.name] ?? [])
        for name in lambdas.sorted() { followLambda(arguments[name], symbol.name, name, location) }
        if symbol.name == "query", symbol.kind == .plugin { followQuery(arguments["query"], location) }
        if symbol.name == "import" { followImport(arguments["artifact"], location) }
    }

    private mutating func followLambda(
        _ value: CallArguments.Value,
        _ function: String,
        _ argument: String,
        _ location: NodeLocation
    ) {
        switch value {
        case .absent: break
        case .text(let text): follow(lambda: text)
        // LET f(x) = … is the other way to pass one; its body is looked at where it stands.
        case .name(let name) where definitions[name] == true && !bound.contains(name): break
        default:
            let sentence = "\(argument) of \(function)() is code that is put together when it runs"
            add(function, .construct, .unknown, sentence, location)
        }
    }

    private mutating func followQuery(_ value: CallArguments.Value, _ location: NodeLocation) {
        switch value {
        case .absent, .select: break
        case .text(let text): follow(program: text)
        default:
            add("query", .construct, .unknown, "query() runs a text that is put together when it runs", location)
        }
    }

    private mutating func followImport(_ value: CallArguments.Value, _ location: NodeLocation) {
        guard case .text(let name) = value else { return }
        follow(artifact: name, location)
    }
}
