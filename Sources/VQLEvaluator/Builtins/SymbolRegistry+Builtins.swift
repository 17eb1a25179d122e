// SPDX-License-Identifier: Apache-2.0

extension SymbolRegistry {
    /// The language's own functions and plugins.
    public static let withBuiltins: SymbolRegistry = {
        var registry = SymbolRegistry()
        registry.add(functions: AggregateBuiltins.functions)
        registry.add(functions: ControlBuiltins.functions)
        registry.add(plugins: ControlBuiltins.plugins)
        return registry
    }()
}
