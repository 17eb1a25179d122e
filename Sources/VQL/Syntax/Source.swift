// SPDX-License-Identifier: Apache-2.0

/// What stands after FROM: a dotted name, perhaps with arguments.
public struct Source: SyntaxNode {
    /// Never empty.
    public let path: [Identifier]
    /// `nil` when the name is not called: `FROM name` and `FROM name()` mean different things.
    public let arguments: ArgumentList?
    public let location: NodeLocation

    public init(path: [Identifier], arguments: ArgumentList?, location: NodeLocation) {
        self.path = path
        self.arguments = arguments
        self.location = location
    }

    public var isCalled: Bool {
        arguments != nil
    }

    /// The components without their backticks, joined by dots.
    public var name: String {
        path.map(\.name).joined(separator: ".")
    }
}
