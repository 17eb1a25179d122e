// SPDX-License-Identifier: Apache-2.0

/// The right operand is a bare value: `2 * a[0]` is a syntax error.
public enum MultiplicationOperator: String, Sendable, Hashable {
    case multiply = "*"
    /// Always gives a float.
    case divide = "/"
}

public enum AdditionOperator: String, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
}

public enum ComparisonOperator: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    /// `<>`: always FALSE.
    case neverUnequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// `=~`: the right operand is a regular expression, case-insensitive.
    case matches = "=~"
    case isIn = "IN"
    /// `iN` in the text of a lambda: always FALSE there. Everywhere else it is ``isIn``.
    case neverIn = "iN"
}

/// AND or `&&`. The spelling matters: AND yields TRUE or FALSE, `&&` the last value.
public struct AndOperator: Sendable, Hashable {
    public let spelling: String

    public init(spelling: String) {
        self.spelling = spelling
    }

    /// Whether a true chain yields its last operand's value.
    public var yieldsValue: Bool {
        spelling == "&&"
    }
}

/// OR, `|`, `||`, `|||` and so on.
///
/// A true leftmost operand is always yielded as it is; for a later one the spelling of its operator matters.
public struct OrOperator: Sendable, Hashable {
    public let spelling: String

    public init(spelling: String) {
        self.spelling = spelling
    }

    /// Whether a true right operand is yielded as it is (`||`), rather than as TRUE.
    public var yieldsValue: Bool {
        spelling == "||"
    }
}
