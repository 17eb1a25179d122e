// SPDX-License-Identifier: Apache-2.0

extension SymbolRegistry {
    /// The language's own functions and plugins.
    public static let withBuiltins: SymbolRegistry = {
        var registry = SymbolRegistry()
        let functions = [
            AggregateBuiltins.functions, ControlBuiltins.functions, CollectionBuiltins.functions,
            ValueBuiltins.functions, StringBuiltins.functions, EncodingBuiltins.functions, TimeBuiltins.functions,
            LogBuiltins.functions, CacheBuiltins.functions, TemplateBuiltins.functions, ArtifactBuiltins.functions,
        ]
        registry.add(functions: functions.flatMap { $0 })
        let plugins = [
            ControlBuiltins.plugins, ValueBuiltins.plugins, QueryBuiltins.plugins, QueryPlugin.plugins,
            TimeBuiltins.plugins,
        ]
        registry.add(plugins: plugins.flatMap { $0 })
        return registry
    }()
}
