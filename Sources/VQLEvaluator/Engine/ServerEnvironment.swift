// SPDX-License-Identifier: Apache-2.0

/// What an artifact is called with.
public struct ArtifactSummary: Sendable, Hashable {
    /// The names of its named sources.
    public var sources: [String]
    public var parameters: [String]

    public init(sources: [String], parameters: [String]) {
        self.sources = sources
        self.parameters = parameters
    }
}

/// What the evaluator asks the server around it.
public protocol ServerEnvironment: Sendable {
    /// Variables that every query sees, such as `config`.
    func variables(for session: Session) -> VQLRow

    /// What is known of an artifact; `nil` if there is none of this name.
    func artifact(named name: String, in session: Session) -> ArtifactSummary?

    /// Produces the rows of `FROM Artifact.NAME(…)`, after existence, source, rights and parameters were checked.
    ///
    /// - Parameter source: the one source that was asked for; `nil` for all.
    func runArtifact(
        _ name: String,
        source: String?,
        _ call: Invocation,
        into emit: (VQLRow) throws -> Void
    ) throws

    /// The session of `principal` in `organization`, for `query(org_id=…, runas=…)`.
    ///
    /// Throws a ``VQLFailure`` if there is no such organisation or user.
    func session(of principal: String, in organization: String) throws -> Session
}

/// A server with no artifacts, no variables and one organisation.
public struct BareEnvironment: ServerEnvironment {
    public init() {}

    public func variables(for session: Session) -> VQLRow { [:] }
    public func artifact(named name: String, in session: Session) -> ArtifactSummary? { nil }

    public func runArtifact(
        _ name: String,
        source: String?,
        _ call: Invocation,
        into emit: (VQLRow) throws -> Void
    ) throws {}

    public func session(of principal: String, in organization: String) throws -> Session {
        throw VQLFailure("Org not found")
    }
}
