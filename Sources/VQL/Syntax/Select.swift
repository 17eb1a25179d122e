// SPDX-License-Identifier: Apache-2.0

/// `SELECT columns FROM source` and its clauses, in the only order the language allows.
public struct Select: SyntaxNode {
    /// How many times EXPLAIN stands before it.
    public let explainCount: Int
    /// May be empty: `SELECT FROM scope()`.
    public let columns: [Column]
    public let source: Source
    /// WHERE. A list with a comma is TRUE whatever its elements are.
    public let condition: ExpressionList?
    /// GROUP BY.
    public let grouping: ExpressionList?
    /// ORDER BY.
    public let ordering: Ordering?
    public let limit: Limit?
    public let location: NodeLocation

    public init(
        explainCount: Int,
        columns: [Column],
        source: Source,
        condition: ExpressionList?,
        grouping: ExpressionList?,
        ordering: Ordering?,
        limit: Limit?,
        location: NodeLocation
    ) {
        self.explainCount = explainCount
        self.columns = columns
        self.source = source
        self.condition = condition
        self.grouping = grouping
        self.ordering = ordering
        self.limit = limit
        self.location = location
    }
}

/// `ORDER BY column`, `ORDER BY column DESC`: always one output column.
public struct Ordering: SyntaxNode {
    public let column: Identifier
    public let isDescending: Bool
    public let location: NodeLocation

    public init(column: Identifier, isDescending: Bool, location: NodeLocation) {
        self.column = column
        self.isDescending = isDescending
        self.location = location
    }
}

/// `LIMIT n`. The server gives one row for zero and for negative numbers.
public struct Limit: SyntaxNode {
    /// As written: `0x2` and `010` are allowed.
    public let spelling: String
    public let value: Int64
    public let location: NodeLocation

    public init(spelling: String, value: Int64, location: NodeLocation) {
        self.spelling = spelling
        self.value = value
        self.location = location
    }
}
