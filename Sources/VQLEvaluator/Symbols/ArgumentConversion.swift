// SPDX-License-Identifier: Apache-2.0

import VQL

/// Turns a value into what an argument is declared to be, or says what is wrong with it.
struct ArgumentConversion {
    private let specification: ArgumentSpecification
    private let evaluator: Evaluator

    init(_ specification: ArgumentSpecification, _ evaluator: Evaluator) {
        self.specification = specification
        self.evaluator = evaluator
    }

    func convert(_ value: VQLValue) throws -> VQLValue {
        guard specification.isRepeated else { return try single(value) }
        switch try evaluator.expanded(value) {
        case .list(let values): return .list(try values.map(single))
        case .null: return .list([])
        case let value: return .list([try single(value)])
        }
    }

    private func single(_ value: VQLValue) throws -> VQLValue {
        switch specification.kind {
        case .any, .query, .lazy: value
        case .string, .path: .string(try string(value))
        case .integer: try number(value, "an int") { value.integerValue.map(VQLValue.integer) }
        case .double: try number(value, "a float") { value.doubleValue.map(VQLValue.double) }
        case .bool: .bool(try evaluator.isTrue(value))
        case .dictionary: try dictionary(value)
        case .time: try time(value)
        case .lambda: .object(try lambda(value))
        }
    }

    /// Numbers in digits, NULL as the empty string, a list of one as its element, a dictionary as JSON.
    private func string(_ value: VQLValue) throws -> VQLString {
        switch try evaluator.expanded(value) {
        case .string(let text): text
        case .null: ""
        case .list(let values) where values.count == 1: try string(values[0])
        case .list: throw wrongType("a string", value)
        case .dictionary(let dictionary): VQLString(VQLValue.dictionary(dictionary).jsonText)
        case let other: VQLString(other.displayText)
        }
    }

    private func number(_ value: VQLValue, _ wanted: String, _ convert: () -> VQLValue?) throws -> VQLValue {
        guard let number = convert() else { throw wrongType(wanted, value) }
        return number
    }

    private func dictionary(_ value: VQLValue) throws -> VQLValue {
        guard case .dictionary = value else { throw wrongType("a dict", value) }
        return value
    }

    private func time(_ value: VQLValue) throws -> VQLValue {
        guard let time = TimeParser.time(from: value) else { throw wrongType("a time", value) }
        return .time(time)
    }

    private func lambda(_ value: VQLValue) throws -> LambdaFunction {
        if case .object(let object) = value, let lambda = object as? LambdaFunction { return lambda }
        guard case .string(let source) = value else {
            let type = value.goTypeName
            throw VQLFailure(
                "Field \(specification.name) Got field type \(type): "
                    + #"VQL lambda functions need to be a string of the form "x=>...""#
            )
        }
        do {
            return try evaluator.scope.context.caches.lambda(source.text)
        } catch {
            throw VQLFailure("Field \(specification.name) \(error.description)")
        }
    }

    private func wrongType(_ wanted: String, _ value: VQLValue) -> VQLFailure {
        VQLFailure("Field \(specification.name) should be \(wanted) not \(value.goTypeName).")
    }
}
