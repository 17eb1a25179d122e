// SPDX-License-Identifier: Apache-2.0

import VQL

/// Produces the rows of what stands after FROM.
struct SourceRunner {
    private let source: Source
    private let evaluator: Evaluator

    private var scope: Scope { evaluator.scope }

    init(_ source: Source, _ evaluator: Evaluator) {
        self.source = source
        self.evaluator = evaluator
    }

    func run(_ emit: (VQLRow) throws -> Void) throws {
        if try evaluator.runBuiltin(source, emit) { return }
        guard let value = try variable() else { return }
        if let arguments = source.arguments {
            try call(value, arguments, emit)
        } else if source.path.count == 1, case .query(let query) = value, query.parameters != nil {
            try query.bound(to: scope.calling(with: [:])).forEachRow(in: scope, emit)
        } else {
            try RowSource.forEachRow(ofVariable: value, in: scope, emit)
        }
    }

    /// What the dotted name stands for; `nil`, with lines in the log, if its first part is not known.
    private func variable() throws -> VQLValue? {
        guard var value = try scope.stored(source.path[0].name) else {
            if scope.isLenient, source.arguments == nil { return .null }
            reportUnknownPlugin()
            return nil
        }
        for part in source.path.dropFirst() {
            if case .expression(let expression) = value { value = try expression.value(in: scope) }
            value = try value.member(part.name, in: scope)
        }
        return value
    }

    private func call(_ value: VQLValue, _ arguments: VQL.ArgumentList, _ emit: (VQLRow) throws -> Void) throws {
        let name = source.name
        switch value {
        case .query(let query):
            try evaluator.bind(query, arguments.arguments, name: name).forEachRow(in: scope, emit)
        case .expression(let expression):
            let frame = try evaluator.parameters(of: expression.parameters, from: arguments.arguments)
            let result = try expression.value(boundTo: scope.calling(with: frame))
            try RowSource.forEachRow(ofVariable: result, in: scope, emit)
        case .object(let object) where object.isRunnable:
            try run(object, name, arguments, emit)
        case .null:
            log("Plugin \(name) not found. ")
        default:
            log("Symbol \(name) is not callable as a plugin")
        }
    }

    private func run(
        _ object: any VQLObject,
        _ name: String,
        _ arguments: VQL.ArgumentList,
        _ emit: (VQLRow) throws -> Void
    ) throws {
        do {
            let parsed = try ArgumentReader(.freeForm, of: name, .plugin, evaluator).read(arguments.arguments)
            let site = CallSite(text: evaluator.text, offset: source.range.start.byteOffset)
            try object.run(Invocation(name: name, arguments: parsed, scope: scope, callSite: site), into: emit)
        } catch let failure as VQLFailure {
            scope.context.log(failure, caller: name)
        }
    }

    // MARK: - Unknown names

    private func reportUnknownPlugin() {
        let registry = scope.context.registry
        let name = source.name
        let first = source.path[0].name
        let subject = source.path.count > 1 ? "While resolving \(name) Plugin \(first)" : "Plugin \(name)"
        log("\(subject) not found. \(scope.summary)")
        var advice = "Plugin \(name) not found. "
        let alike = registry.pluginNames(containing: name)
        if !alike.isEmpty { advice += "Did you mean \(alike.joined(separator: " "))? " }
        if registry.function(named: name) != nil {
            advice += "There is a VQL function called \"\(name)\" - did you mean to call this function instead?"
        }
        log(advice)
    }

    private func log(_ message: String) {
        scope.context.log(LogLine(.error, message))
    }
}
