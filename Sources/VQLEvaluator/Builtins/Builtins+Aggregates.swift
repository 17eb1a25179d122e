// SPDX-License-Identifier: Apache-2.0

import VQL

/// Functions that keep state from row to row.
enum AggregateBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("count") { call in
            call.aggregate(.unsigned(0)) { state in
                if case .unsigned(let value) = state { state = .unsigned(value + 1) }
                return state
            }
        },
        FunctionDefinition("sum", arguments: .exactly([ArgumentSpecification("item", .integer, isRequired: true)])) {
            call in
            let item = call.arguments.integer("item") ?? 0
            return call.aggregate(0) { state in
                state = .integer((state.integerValue ?? 0) &+ item)
                return state
            }
        },
        FunctionDefinition("enumerate") { call in
            guard let item = call.arguments["items"] else { return .null }
            return call.aggregate([]) { state in
                state = .list((state.listValue ?? []) + [item])
                return state
            }
        },
        extreme("min") { $0.isLess(than: $1) },
        extreme("max") { $1.isLess(than: $0) },
    ]

    /// The item that comes first by `precedes`. The server's `max` calls itself `min` in messages.
    private static func extreme(
        _ name: String,
        _ precedes: @escaping @Sendable (VQLValue, VQLValue) -> Bool
    ) -> FunctionDefinition {
        FunctionDefinition(name, reportedName: "min") { call in
            let item = try call.arguments.value("item") ?? .null
            return call.aggregate(.null) { state in
                if state.isNull || precedes(item, state) { state = item }
                return state
            }
        }
    }
}
