// SPDX-License-Identifier: Apache-2.0

/// One thing that a query can reach.
public struct Reach: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case function
        case plugin
        case artifact
        case accessor
        /// One of the server's own variables, such as `config`.
        case variable
        /// Code that is given as a value.
        case code
    }

    public let kind: Kind
    /// As the language has it: `execve`, `Linux.Sys.Pslist`, `config`. For code, `call(argument)`.
    public let name: String
    /// Where in the text that was analysed. For code in a string this is where the string begins.
    public let position: SourcePosition
    /// The constructs that lead to it, the outermost first: `query(query)`, `Artifact.Custom.A`. Empty in plain sight.
    public let route: [String]
    /// The rights that the symbol table names for it.
    public let permissions: [Permission]
    public let verdict: QueryVerdict
    /// What it does, as a sentence without a full stop: `execve() runs a command on the server`.
    public let sentence: String
}

extension Reach {
    init(
        _ kind: Kind,
        _ name: String,
        _ verdict: QueryVerdict,
        _ sentence: String,
        permissions: [Permission] = [],
        at position: SourcePosition,
        in unit: AnalysisUnit
    ) {
        self.init(
            kind: kind,
            name: name,
            position: unit.origin ?? position,
            route: unit.route,
            permissions: permissions,
            verdict: verdict,
            sentence: sentence
        )
    }
}
