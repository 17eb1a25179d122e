// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VQL

/// A text that was parsed, with a number of its own.
struct QueryText: Sendable {
    /// See ``CallSite``.
    let id: Int
    let program: Program

    private static let nextID = Atomic(0)

    init(_ text: String) throws(VQLSyntaxError) {
        program = try Program(parsing: text)
        id = Self.makeID()
    }

    /// A lambda from its text.
    static func lambda(_ text: String) throws(VQLSyntaxError) -> LambdaFunction {
        let lambda = try Lambda(parsing: text)
        return LambdaFunction(parameters: lambda.parameters.map(\.spelling), body: lambda.body, text: makeID())
    }

    private static func makeID() -> Int { nextID.wrappingAdd(1, ordering: .relaxed).newValue }
}
