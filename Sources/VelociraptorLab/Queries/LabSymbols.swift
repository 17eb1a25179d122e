// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// The functions and plugins that reach into the lab's clients, flows, hunts and users.
///
/// Arguments and permissions come from the evaluator's symbol table, unless a definition says otherwise.
struct LabSymbols: Sendable {
    let organizations: Organizations
    let accounts: AccountBook

    /// The organisation that a query runs in, or that `query(org_id=…)` went to.
    func server(_ call: Invocation) -> LabServer {
        organizations[call.context.session.organization] ?? organizations.root
    }

    /// The language's own symbols and those of the lab.
    func registry() -> SymbolRegistry {
        var registry = SymbolRegistry.withBuiltins
        registry.add(plugins: clientPlugins + flowPlugins + resultPlugins + huntPlugins + artifactPlugins)
        registry.add(plugins: organizationPlugins + userPlugins + machinePlugins)
        registry.add(functions: clientFunctions + flowFunctions + huntFunctions + artifactFunctions)
        registry.add(functions: organizationFunctions + userFunctions + machineFunctions)
        return registry
    }

    /// A parameter's value as a collection stores it: `TRUE` is `Y`, everything else is text.
    static func parameterText(_ value: VQLValue) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "Y" : "N"
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text.text
        case .time(let time): time.rfc3339
        default: value.jsonText
        }
    }
}
