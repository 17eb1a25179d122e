// SPDX-License-Identifier: Apache-2.0

/// `LET name = …`, `LET name(parameters) = …` or `LET name <= …`.
public struct Definition: SyntaxNode {
    /// When the body runs.
    public enum Binding: Sendable, Hashable {
        /// `=`: at each mention, in the scope of whoever mentions it.
        case lazy
        /// `<=`: at once, even when no SELECT follows.
        case materialized
    }

    /// What the name stands for.
    public indirect enum Body: Sendable, Hashable {
        case select(Select)
        case expression(Expression)
    }

    /// Use ``Identifier/unquotedName`` for the name this defines.
    public let name: Identifier
    /// `nil` without parentheses; `LET f() = 1` has an empty list.
    public let parameters: [Parameter]?
    public let binding: Binding
    public let body: Body
    public let location: NodeLocation

    public init(
        name: Identifier,
        parameters: [Parameter]?,
        binding: Binding,
        body: Body,
        location: NodeLocation
    ) {
        self.name = name
        self.parameters = parameters
        self.binding = binding
        self.body = body
        self.location = location
    }
}

/// A parameter of a LET, with the default it may have.
public struct Parameter: SyntaxNode {
    public let name: Identifier
    public let defaultValue: ArgumentValue?
    public let location: NodeLocation

    public init(name: Identifier, defaultValue: ArgumentValue?, location: NodeLocation) {
        self.name = name
        self.defaultValue = defaultValue
        self.location = location
    }
}
