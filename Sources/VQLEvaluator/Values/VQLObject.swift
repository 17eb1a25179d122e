// SPDX-License-Identifier: Apache-2.0

/// A value that is neither data nor a query: it has members, may be run as a plugin, and shows itself as JSON.
///
/// Conform where a plugin hands out something with behaviour, such as a cache that is read by `cache.key`.
public protocol VQLObject: Sendable {
    /// The type's name as the server would say it, for `typeof()` and messages about wrong arguments.
    var typeName: String { get }

    /// The member `name`, or `nil` if there is none.
    func member(_ name: String) throws -> VQLValue?

    /// What stands in a row where this value is shown.
    var plainValue: VQLValue { get }

    /// Whether `FROM value(…)` can run it; then ``run(_:into:)`` does.
    var isRunnable: Bool { get }

    /// Produces the rows of `FROM value(…)`.
    func run(_ call: Invocation, into emit: (VQLRow) throws -> Void) throws

    /// Whether the value counts as true.
    var isTrue: Bool { get }
}

extension VQLObject {
    public func member(_ name: String) -> VQLValue? { nil }
    public var plainValue: VQLValue { [:] }
    public var isRunnable: Bool { false }
    public func run(_ call: Invocation, into emit: (VQLRow) throws -> Void) throws {}
    public var isTrue: Bool { true }
}
