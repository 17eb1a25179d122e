// SPDX-License-Identifier: Apache-2.0

/// One argument that a built-in function or plugin takes.
public struct ArgumentSpecification: Sendable, Hashable {
    /// What the argument's value is converted to before the body runs.
    public enum Kind: Sendable, Hashable {
        case any
        /// Numbers, NULL, one-element lists and dictionaries are taken too.
        case string
        /// A string that names a file of the server's machine.
        case path
        /// Fractions are cut off; strings and NULL are refused.
        case integer
        case double
        /// The truth of any value.
        case bool
        case dictionary
        case time
        /// A query, or a list, dictionary or scalar that stands for its rows.
        case query
        /// The text of a lambda, `x=>…`.
        case lambda
        /// Evaluated only when the body asks for it.
        case lazy
    }

    public var name: String
    public var kind: Kind
    public var isRequired: Bool
    /// Whether the argument is a list; a scalar is taken as a list of one.
    public var isRepeated: Bool

    public init(_ name: String, _ kind: Kind, isRequired: Bool = false, isRepeated: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.isRepeated = isRepeated
    }
}
