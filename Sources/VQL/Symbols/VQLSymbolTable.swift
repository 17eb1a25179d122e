// SPDX-License-Identifier: Apache-2.0

/// What a server of version 0.77.2 has built in. Names are case-sensitive.
public enum VQLSymbolTable {
    private static let functions = index(functionLines, .function)
    private static let plugins = index(pluginLines, .plugin)
    private static let accessors = index(accessorLines, .accessor)

    public static func symbol(_ name: String, _ kind: VQLSymbol.Kind) -> VQLSymbol? {
        table(kind)[name]
    }

    /// Every symbol of a kind, by name.
    public static func symbols(_ kind: VQLSymbol.Kind) -> [VQLSymbol] {
        table(kind).values.sorted { $0.name < $1.name }
    }

    private static func table(_ kind: VQLSymbol.Kind) -> [String: VQLSymbol] {
        switch kind {
        case .function: functions
        case .plugin: plugins
        case .accessor: accessors
        }
    }

    private static func index(_ lines: String, _ kind: VQLSymbol.Kind) -> [String: VQLSymbol] {
        let symbols = lines.split(separator: "\n").map { VQLSymbol($0, kind) }
        return Dictionary(symbols.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
