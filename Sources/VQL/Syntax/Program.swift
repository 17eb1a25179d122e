// SPDX-License-Identifier: Apache-2.0

/// A whole request: one or more statements, with nothing between them.
public struct Program: SyntaxNode {
    public let statements: [Statement]
    public let location: NodeLocation

    public init(statements: [Statement], location: NodeLocation) {
        self.statements = statements
        self.location = location
    }
}

/// One statement of a request.
public indirect enum Statement: SyntaxNode {
    case definition(Definition)
    case select(Select)

    public var location: NodeLocation {
        switch self {
        case .definition(let definition): definition.location
        case .select(let select): select.location
        }
    }
}
