// SPDX-License-Identifier: Apache-2.0

/// A dotted name, read or called: `a.b`, `f(x=1)`, `a.b(x=1)(y=2)`, `-a`.
public struct Symbol: Sendable, Hashable {
    /// Written with a minus glued to it: negates a number, turns a boolean into its opposite, anything else into NULL.
    public let isNegated: Bool
    /// Never empty. The first one is written without the minus.
    public let path: [Identifier]
    /// Empty when the symbol is only read. Several lists act as one: `f(a=1)(b=2)` is `f(a=1, b=2)`.
    public let calls: [ArgumentList]

    public init(isNegated: Bool, path: [Identifier], calls: [ArgumentList]) {
        self.isNegated = isNegated
        self.path = path
        self.calls = calls
    }

    public var isCalled: Bool {
        !calls.isEmpty
    }

    /// The components without their backticks, joined by dots.
    public var name: String {
        path.map(\.name).joined(separator: ".")
    }

    /// The arguments of all lists, in order.
    public var arguments: [Argument] {
        calls.flatMap(\.arguments)
    }
}
