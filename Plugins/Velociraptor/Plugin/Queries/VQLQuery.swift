// SPDX-License-Identifier: Apache-2.0

/// One request to the server's query engine: text, values, limits.
///
/// Values never become part of the text: they travel beside it, as VQL environment variables.
public struct VQLQuery: Sendable, Hashable {
    /// What a query does, as far as the caller vouches for it.
    public enum Effect: Sendable, Hashable {
        /// Nothing is changed by it: it may be asked again when the connection fails before the first row.
        case reads
        /// It may change something: it is never sent twice.
        case mayChange
    }

    public struct Variable: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Statements that run before ``text`` in the same scope; empty for none.
    public var prelude: String
    public var text: String
    public var variables: [Variable]
    public var effect: Effect
    /// The organisation; empty for the root organisation.
    public var organization: String
    /// After this the server stops the query. The call itself ends ``grace`` later.
    public var timeout: Duration
    /// How much longer than the server's own limit the call may take, for the server to tell of it.
    public var grace: Duration = .seconds(5)
    /// The most rows that are wanted, over all statements. At the first row beyond, the query is cancelled.
    public var rowLimit: Int
    /// Rows per message. Fewer for wide rows: nothing else limits the size of a message.
    public var rowsPerMessage: UInt64

    public init(
        _ text: String,
        _ variables: [Variable] = [],
        prelude: String = "",
        effect: Effect,
        organization: String? = nil,
        timeout: Duration = .seconds(30),
        rowLimit: Int = 10_000,
        rowsPerMessage: UInt64 = 1000
    ) {
        self.prelude = prelude
        self.text = text
        self.variables = variables
        self.effect = effect
        self.organization = organization ?? ""
        self.timeout = timeout
        self.rowLimit = rowLimit
        self.rowsPerMessage = rowsPerMessage
    }
}
