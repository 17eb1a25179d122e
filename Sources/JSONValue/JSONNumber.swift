// SPDX-License-Identifier: Apache-2.0

/// A JSON number as it was written: `1.0`, `1e400` and an id of thirty digits come back unchanged.
public struct JSONNumber: Sendable, Hashable {
    /// The digits, in JSON's own grammar.
    public let literal: String

    /// Takes text that is known to be a JSON number.
    package init(unchecked literal: String) {
        self.literal = literal
    }

    /// The shortest digits that give `value` back. `value` must be finite.
    public init(_ value: Double) {
        literal = value.description
    }

    /// The nearest double; infinite where the number is beyond its range.
    public var doubleValue: Double {
        Double(literal) ?? .nan
    }
}
