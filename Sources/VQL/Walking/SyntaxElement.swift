// SPDX-License-Identifier: Apache-2.0

/// Any part of a syntax tree that can hold other parts, for code that looks at all of them.
public enum SyntaxElement: SyntaxNode {
    case definition(Definition)
    case parameter(Parameter)
    case select(Select)
    case column(Column)
    case source(Source)
    case argument(Argument)
    case bracketedList(BracketedList)
    case list(ExpressionList)
    case expression(Expression)
    case index(Index)

    public var location: NodeLocation {
        switch self {
        case .definition(let node): node.location
        case .parameter(let node): node.location
        case .select(let node): node.location
        case .column(let node): node.location
        case .source(let node): node.location
        case .argument(let node): node.location
        case .bracketedList(let node): node.location
        case .list(let node): node.location
        case .expression(let node): node.location
        case .index(let node): node.location
        }
    }
}
