// SPDX-License-Identifier: Apache-2.0

public import VQL

/// Who runs a query, where, and with which rights.
public struct Session: Sendable, Hashable {
    public var principal: String
    /// The organisation's id; `root` for the first one.
    public var organization: String
    public var permissions: Set<Permission>

    public init(principal: String, organization: String = "root", permissions: Set<Permission>) {
        self.principal = principal
        self.organization = organization
        self.permissions = permissions
    }
}

/// What is to be run.
public struct QueryRequest: Sendable {
    /// Texts of one or more statements each. They share one scope, and run in order.
    public var queries: [String]
    /// Variables from the request, always strings.
    public var environment: [(name: String, value: String)]
    public var session: Session
    /// How long it may run; `nil` for as long as it takes.
    public var timeout: Duration?

    public init(
        queries: [String],
        environment: [(name: String, value: String)] = [],
        session: Session,
        timeout: Duration? = nil
    ) {
        self.queries = queries
        self.environment = environment
        self.session = session
        self.timeout = timeout
    }
}
