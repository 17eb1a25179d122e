// SPDX-License-Identifier: Apache-2.0

/// `x => expression` or `x, y => expression`: it exists only as the text of a string.
public struct Lambda: SyntaxNode {
    /// At least one. Backticks stay part of the name, so a quoted parameter never resolves.
    public let parameters: [Identifier]
    public let body: Expression
    public let location: NodeLocation

    public init(parameters: [Identifier], body: Expression, location: NodeLocation) {
        self.parameters = parameters
        self.body = body
        self.location = location
    }
}
