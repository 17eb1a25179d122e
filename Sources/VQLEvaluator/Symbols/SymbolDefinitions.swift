// SPDX-License-Identifier: Apache-2.0

public import VQL

/// The arguments of a built-in: which there are, or that it takes any.
public enum ArgumentRule: Sendable, Hashable {
    /// As the symbol table says; any, for a name that is not in it.
    case fromTable
    case exactly([ArgumentSpecification])
    /// Every name is taken, and each value is evaluated before the body runs.
    case freeForm
    /// Every name is taken; a value is evaluated when the body asks for it.
    case freeFormLazy
}

/// Who may call a built-in.
public enum AccessRule: Sendable, Hashable {
    /// As the symbol table says.
    case fromTable
    /// Anybody; the body checks for itself what it must.
    case open
    /// Whoever holds one of these.
    case anyOf([Permission])
}

/// A built-in function: one value for each call.
public struct FunctionDefinition: Sendable {
    /// The work. A thrown ``VQLFailure`` is logged as `NAME: message`, and the call has the value ``failureValue``.
    public typealias Body = @Sendable (Invocation) throws -> VQLValue

    public var name: String
    public var arguments: ArgumentRule
    public var access: AccessRule
    /// The value of a call whose arguments were wrong, that was refused, or that failed.
    public var failureValue: VQLValue
    /// The name that messages about wrong arguments show, where it is not ``name``.
    public var reportedName: String
    public var body: Body

    public init(
        _ name: String,
        arguments: ArgumentRule = .fromTable,
        access: AccessRule = .fromTable,
        failureValue: VQLValue = .null,
        reportedName: String? = nil,
        body: @escaping Body
    ) {
        self.name = name
        self.arguments = arguments
        self.access = access
        self.failureValue = failureValue
        self.reportedName = reportedName ?? name
        self.body = body
    }
}

/// A built-in plugin: rows for each call.
public struct PluginDefinition: Sendable {
    /// Takes one row; throws when nobody wants another, and then the body must let the error pass.
    public typealias Emitter = (VQLRow) throws -> Void

    /// The work. A thrown ``VQLFailure`` is logged as `NAME: message` and ends the rows.
    public typealias Body = @Sendable (Invocation, Emitter) throws -> Void

    public var name: String
    public var arguments: ArgumentRule
    public var access: AccessRule
    public var reportedName: String
    public var body: Body

    public init(
        _ name: String,
        arguments: ArgumentRule = .fromTable,
        access: AccessRule = .fromTable,
        reportedName: String? = nil,
        body: @escaping Body
    ) {
        self.name = name
        self.arguments = arguments
        self.access = access
        self.reportedName = reportedName ?? name
        self.body = body
    }
}

/// A built-in that could not do its work; the query goes on, and the log says `NAME: message`.
public struct VQLFailure: Error, Sendable, Hashable {
    public var message: String
    /// Whether the name of the built-in stands before the message in the log.
    public var namesCaller: Bool
    /// The prefix of the line. Most failures have none.
    public var level: LogLine.Level

    public init(_ message: String, namesCaller: Bool = true, level: LogLine.Level = .plain) {
        self.message = message
        self.namesCaller = namesCaller
        self.level = level
    }

    /// What the server says when a right is missing.
    public static func permissionDenied(_ alternatives: [Permission]) -> VQLFailure {
        let names = alternatives.map(\.rawValue).joined(separator: ", ")
        return VQLFailure("PermissionDenied: Permission denied: [\(names)]")
    }
}
