// SPDX-License-Identifier: Apache-2.0

import VQL

/// What the server has: every function and plugin with its arguments and the permissions it needs.
enum SymbolTable {
    enum Kind: Sendable, Hashable {
        case function
        case plugin
    }

    struct Entry: Sendable {
        var name: String
        var arguments: [ArgumentSpecification]
        var permissions: [Permission]
    }

    private static let functions = index(.function)
    private static let plugins = index(.plugin)

    /// The names of all plugins of a Linux server, in order.
    static let pluginNames = plugins.keys.sorted()

    static func entry(_ name: String, _ kind: Kind) -> Entry? {
        switch kind {
        case .function: functions[name]
        case .plugin: plugins[name]
        }
    }

    /// All symbols of a kind, by name.
    static func entries(_ kind: Kind) -> [Entry] {
        let table = kind == .plugin ? plugins : functions
        return table.values.sorted { $0.name < $1.name }
    }

    private static func index(_ kind: VQLSymbol.Kind) -> [String: Entry] {
        let symbols = VQLSymbolTable.symbols(kind).filter(\.isOnServer)
        return Dictionary(symbols.map { ($0.name, Entry($0)) }, uniquingKeysWith: { first, _ in first })
    }
}

extension SymbolTable.Entry {
    fileprivate init(_ symbol: VQLSymbol) {
        name = symbol.name
        arguments = symbol.arguments.map(ArgumentSpecification.init)
        permissions = symbol.permissions.map { Permission(rawValue: $0) }
    }
}

extension ArgumentSpecification {
    fileprivate init(_ argument: VQLSymbol.Argument) {
        self.init(
            argument.name,
            Kind(argument.kind),
            isRequired: argument.isRequired,
            isRepeated: argument.isRepeated
        )
    }
}

extension ArgumentSpecification.Kind {
    fileprivate init(_ kind: VQLSymbol.Argument.Kind) {
        self =
            switch kind {
            case .any: .any
            case .string: .string
            case .path: .path
            case .integer: .integer
            case .float: .double
            case .bool: .bool
            case .dictionary: .dictionary
            case .time: .time
            case .query: .query
            case .lambda: .lambda
            case .lazy: .lazy
            }
    }
}
