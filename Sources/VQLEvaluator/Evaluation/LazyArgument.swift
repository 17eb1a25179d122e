// SPDX-License-Identifier: Apache-2.0

import VQL

/// An argument that is evaluated when a built-in asks for it.
struct LazyArgument: Sendable {
    let value: ArgumentValue
    let evaluator: Evaluator

    func evaluate() throws -> VQLValue { try evaluator.value(of: value) }
}
