// SPDX-License-Identifier: Apache-2.0

import VQL

/// A function that came as text, `x=>x + 1`, to a built-in such as `filter()`.
public struct LambdaFunction: Sendable {
    let parameters: [String]
    let body: Expression
    let text: Int

    /// The value for these arguments; the wrong number of them is logged, and gives NULL.
    ///
    /// - Parameter scope: what the body sees beside its parameters.
    public func callAsFunction(_ arguments: [VQLValue], in scope: Scope) throws -> VQLValue {
        guard arguments.count == parameters.count else {
            scope.context.log(LogLine(.error, "Incorrect number of parameters in Lambda call"))
            return .null
        }
        let frame = VQLRow(zip(parameters, arguments))
        return try Evaluator(scope: scope.with(frame), text: text).value(of: body)
    }
}

extension LambdaFunction: VQLObject {
    public var typeName: String { "*vfilter.Lambda" }
}
