// SPDX-License-Identifier: Apache-2.0

/// What a built-in amounts to, by its name.
///
/// Every symbol of ``VQLSymbolTable`` is judged by hand. The table's permissions do not settle it: `alert()` asks for
/// none and acts, `orgs()` asks for none and shows the secret with which clients enrol.
enum SymbolJudgement: Sendable, Hashable {
    /// Reckons, or reads what investigations gathered.
    case harmless
    case readsServer
    /// Reads a file: the server's own, unless the argument `accessor` says that the text is the data.
    case readsFile
    case changes
    /// Cannot be told, or is made to run something else.
    case unknown

    static func of(_ symbol: VQLSymbol) -> SymbolJudgement? {
        switch symbol.kind {
        case .function: functions[symbol.name]
        case .plugin: plugins[symbol.name]
        case .accessor: accessors[symbol.name]
        }
    }

    private static let functions = table([
        .harmless: harmlessFunctions, .readsServer: revealingFunctions, .readsFile: fileFunctions,
        .changes: changingFunctions, .unknown: opaqueFunctions,
    ])

    private static let plugins = table([
        .harmless: harmlessPlugins, .readsServer: revealingPlugins, .readsFile: filePlugins,
        .changes: changingPlugins, .unknown: opaquePlugins,
    ])

    private static let accessors = table([
        .harmless: harmlessAccessors, .readsServer: revealingAccessors, .unknown: opaqueAccessors,
    ])

    private static func table(_ lists: [SymbolJudgement: String]) -> [String: SymbolJudgement] {
        var table: [String: SymbolJudgement] = [:]
        for (judgement, names) in lists {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = judgement }
        }
        return table
    }
}
