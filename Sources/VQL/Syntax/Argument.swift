// SPDX-License-Identifier: Apache-2.0

/// The arguments between one pair of parentheses.
public struct ArgumentList: SyntaxNode {
    public let arguments: [Argument]
    public let location: NodeLocation

    public init(arguments: [Argument], location: NodeLocation) {
        self.arguments = arguments
        self.location = location
    }
}

/// `name=value`. Arguments are always named.
public struct Argument: SyntaxNode {
    /// Use ``Identifier/unquotedName``.
    public let name: Identifier
    public let value: ArgumentValue
    public let location: NodeLocation

    public init(name: Identifier, value: ArgumentValue, location: NodeLocation) {
        self.name = name
        self.value = value
        self.location = location
    }
}

/// The value of an argument, or the default of a parameter.
public indirect enum ArgumentValue: SyntaxNode {
    /// `{ SELECT … }`: stays a query.
    case select(Select, location: NodeLocation)
    /// `[…]`, which exists only here.
    case list(BracketedList)
    case expression(Expression)

    public var location: NodeLocation {
        switch self {
        case .select(_, let location): location
        case .list(let list): list.location
        case .expression(let expression): expression.location
        }
    }
}

/// `[…]` as an argument: `[]` is the empty list, `[1]` passes the scalar 1, `[1,]` and `[1, 2]` are lists.
public struct BracketedList: SyntaxNode {
    /// `nil` for `[]`.
    public let content: ExpressionList?
    public let location: NodeLocation

    public init(content: ExpressionList?, location: NodeLocation) {
        self.content = content
        self.location = location
    }
}
