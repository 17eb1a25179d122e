// SPDX-License-Identifier: Apache-2.0

import VQL

extension Evaluator {
    /// A name that is read or called, with the minus that may be glued to it.
    func value(of symbol: Symbol, at location: NodeLocation) throws -> VQLValue {
        let value = try symbol.isCalled ? call(symbol, at: location) : read(symbol)
        guard symbol.isNegated else { return value }
        return try expanded(value).negated
    }

    private func read(_ symbol: Symbol) throws -> VQLValue {
        guard let stored = try resolve(symbol) else { return .null }
        return try evaluated(stored)
    }

    /// What a dotted name stands for, unevaluated if it is one name; `nil`, and a line in the log, if its first part is
    /// not known. Where names are lenient there is no line, and the value is NULL.
    private func resolve(_ symbol: Symbol) throws -> VQLValue? {
        guard var value = try scope.stored(symbol.path[0].name) else {
            if scope.isLenient { return .null }
            scope.context.log(LogLine(.error, symbol.notFoundMessage + ". " + scope.summary))
            return nil
        }
        for part in symbol.path.dropFirst() {
            value = try evaluated(value).member(part.name, in: scope)
        }
        return value
    }

    private func evaluated(_ stored: VQLValue) throws -> VQLValue {
        guard case .expression(let expression) = stored else { return stored }
        return try expression.value(in: scope)
    }

    private func call(_ symbol: Symbol, at location: NodeLocation) throws -> VQLValue {
        if symbol.path.count == 1,
            let value = try callBuiltin(symbol.path[0].name, symbol.arguments, at: location)
        {
            return value
        }
        guard let stored = try resolve(symbol) else { return .null }
        switch stored {
        case .expression(let expression):
            let parameters = try parameters(of: expression.parameters, from: symbol.arguments)
            return try expression.value(boundTo: scope.calling(with: parameters))
        case .query(let query) where query.parameters != nil:
            return .query(try bind(query, symbol.arguments, name: symbol.name))
        default:
            scope.context.log(
                LogLine(.error, "Symbol \(symbol.name) is not a function but it is being called.")
            )
            return .null
        }
    }

    /// A call's arguments and, for those left out, the defaults; both are evaluated here, before the body.
    func parameters(of declared: [Parameter]?, from arguments: [Argument]) throws -> VQLRow {
        var frame = VQLRow()
        for argument in arguments { frame[argument.name.unquotedName] = try argumentValue(argument.value) }
        for parameter in declared ?? [] {
            let name = parameter.name.unquotedName
            guard frame[name] == nil, let defaultValue = parameter.defaultValue else { continue }
            frame[name] = try argumentValue(defaultValue)
        }
        return frame
    }

    /// `{ SELECT … }` stays a query, a query by name is run.
    private func argumentValue(_ argument: ArgumentValue) throws -> VQLValue {
        guard case .expression(let expression) = argument else { return try value(of: argument) }
        return try expanded(value(of: expression))
    }

    /// Binds a query's parameters, and logs those that are unknown or missing.
    func bind(_ query: StoredQuery, _ arguments: [Argument], name: String) throws -> StoredQuery {
        let declared = query.parameters ?? []
        for argument in arguments {
            let given = argument.name.unquotedName
            guard !declared.contains(where: { $0.name.unquotedName == given }) else { continue }
            scope.context.log(LogLine(.error, "Extra unrecognized arg \(given) when calling \(name)"))
        }
        let frame = try parameters(of: declared, from: arguments)
        // The server counts before it compares: as many arguments as parameters are never too few.
        guard frame.count < declared.count else { return query.bound(to: scope.calling(with: frame)) }
        for parameter in declared where frame[parameter.name.unquotedName] == nil {
            let missing = parameter.name.unquotedName
            scope.context.log(LogLine(.error, "Missing arg \(missing) when calling \(name)"))
        }
        return query.bound(to: scope.calling(with: frame))
    }
}

extension Symbol {
    /// `Symbol a not found`, or for a dotted name `While resolving a.b Symbol a not found`.
    fileprivate var notFoundMessage: String {
        let sign = isNegated ? "-" : ""
        let first = path[0].spelling
        guard path.count > 1 else { return "Symbol \(sign)\(first) not found" }
        let whole = sign + path.map(\.spelling).joined(separator: ".")
        return "While resolving \(whole) Symbol \(first) not found"
    }
}
