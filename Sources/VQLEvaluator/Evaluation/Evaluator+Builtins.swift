// SPDX-License-Identifier: Apache-2.0

import VQL

extension Evaluator {
    /// Calls a built-in function; `nil` if there is none of this name.
    func callBuiltin(_ name: String, _ arguments: [Argument], at location: NodeLocation) throws -> VQLValue? {
        guard let function = scope.context.registry.function(named: name) else { return nil }
        do {
            try scope.checkAccess(function.access, of: name, .function)
            let parsed = try ArgumentReader(function.arguments, of: name, .function, self).read(arguments)
            let site = CallSite(text: text, offset: location.range.start.byteOffset)
            return try function.body(Invocation(name: name, arguments: parsed, scope: scope, callSite: site))
        } catch let failure as VQLFailure {
            scope.context.log(failure, caller: function.reportedName)
            return function.failureValue
        }
    }

    /// Runs a built-in plugin; false if there is none of this name.
    func runBuiltin(_ source: Source, _ emit: (VQLRow) throws -> Void) throws -> Bool {
        guard source.path.count == 1, let arguments = source.arguments,
            let plugin = scope.context.registry.plugin(named: source.path[0].name)
        else { return false }
        do {
            try scope.checkAccess(plugin.access, of: plugin.name, .plugin)
            let parsed = try ArgumentReader(plugin.arguments, of: plugin.name, .plugin, self).read(arguments.arguments)
            let site = CallSite(text: text, offset: source.range.start.byteOffset)
            let invocation = Invocation(name: plugin.name, arguments: parsed, scope: scope, callSite: site)
            try plugin.body(invocation, emit)
        } catch let failure as VQLFailure {
            scope.context.log(failure, caller: plugin.reportedName)
        }
        return true
    }
}

extension QueryContext {
    func log(_ failure: VQLFailure, caller: String) {
        log(LogLine(failure.level, failure.namesCaller ? "\(caller): \(failure.message)" : failure.message))
    }

}

extension Scope {
    fileprivate func checkAccess(_ rule: AccessRule, of name: String, _ kind: SymbolTable.Kind) throws {
        let alternatives: [Permission]
        switch rule {
        case .open: return
        case .anyOf(let permissions): alternatives = permissions
        case .fromTable: alternatives = SymbolTable.entry(name, kind)?.permissions ?? []
        }
        if alternatives.isEmpty { return }
        let isGranted = alternatives.contains(where: context.session.permissions.contains)
        guard try isGranted && !isAccessControlHidden else {
            throw VQLFailure.permissionDenied(alternatives)
        }
    }
}
