// SPDX-License-Identifier: Apache-2.0

/// One thing that a query can reach.
public struct QueryReach: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case function
        case plugin
        case accessor
        case artifact
        /// A variable of the server, such as `config`.
        case variable
        /// Code that stands in a text, or a construct that hides what it does.
        case construct
    }

    public let name: String
    public let kind: Kind
    public let verdict: QueryVerdict
    /// What it does or why that cannot be told: a sentence without its full stop.
    public let sentence: String
    /// The server's names of the permissions it may ask for.
    public let permissions: [String]
    /// Where in the query, or in the text of VQL inside of it.
    public let location: NodeLocation
}
