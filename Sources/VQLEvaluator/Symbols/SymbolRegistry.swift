// SPDX-License-Identifier: Apache-2.0

import VQL

/// The functions and plugins that queries can call.
///
/// A name of the symbol table that nobody registered is known but not simulated: calling it says so in the log.
public struct SymbolRegistry: Sendable {
    private(set) var functions: [String: FunctionDefinition] = [:]
    private(set) var plugins: [String: PluginDefinition] = [:]

    /// An empty registry. See ``withBuiltins`` for the language's own functions and plugins.
    public init() {}

    /// Adds a function; one of the same name is replaced.
    public mutating func add(_ function: FunctionDefinition) { functions[function.name] = function }

    /// Adds a plugin; one of the same name is replaced.
    public mutating func add(_ plugin: PluginDefinition) { plugins[plugin.name] = plugin }

    public mutating func add(functions: [FunctionDefinition]) { functions.forEach { add($0) } }
    public mutating func add(plugins: [PluginDefinition]) { plugins.forEach { add($0) } }
}

extension SymbolRegistry {
    /// The function of this name; for one that only the symbol table knows, a stand-in that says so.
    func function(named name: String) -> FunctionDefinition? {
        functions[name] ?? standIn(name, .function)?.function
    }

    /// The plugin of this name; for one that only the symbol table knows, a stand-in that says so.
    func plugin(named name: String) -> PluginDefinition? {
        plugins[name] ?? standIn(name, .plugin)?.plugin
    }

    private func standIn(_ name: String, _ kind: SymbolTable.Kind) -> StandIn? {
        guard let entry = SymbolTable.entry(name, kind), entry.isOnLinux else { return nil }
        return StandIn(entry)
    }

    /// The plugins whose names contain `name`, as the server suggests them for a name it does not know.
    func pluginNames(containing name: String) -> [String] {
        let known = SymbolTable.entries(.plugin).filter(\.isOnLinux).map(\.name)
        return Set(known).union(plugins.keys).filter { $0.contains(name) }.sorted()
    }
}
