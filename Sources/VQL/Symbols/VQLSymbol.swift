// SPDX-License-Identifier: Apache-2.0

/// A function, plugin or accessor that the server has built in.
public struct VQLSymbol: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Called in expressions.
        case function
        /// Stands after FROM.
        case plugin
        /// A way to reach files, named by the argument `accessor`.
        case accessor
    }

    public struct Argument: Sendable, Hashable {
        /// What the server converts a value to.
        public enum Kind: Character, Sendable, Hashable {
            case any = "a"
            case string = "s"
            /// The path of a file.
            case path = "p"
            case integer = "i"
            case float = "f"
            case bool = "b"
            case dictionary = "d"
            case time = "t"
            case query = "q"
            /// The text of a lambda, `x=>…`.
            case lambda = "l"
            /// Evaluated only when it is needed.
            case lazy = "z"
        }

        public let name: String
        public let kind: Kind
        public let isRequired: Bool
        /// Whether it takes a list.
        public let isRepeated: Bool
    }

    public let name: String
    public let kind: Kind
    /// Empty where it takes whatever it is given, as `dict()` does, or nothing.
    public let arguments: [Argument]
    /// The server's names of the permissions it may ask for.
    public let permissions: [String]
    /// Whether a server, which runs on Linux, has it; the others are for clients.
    public let isOnServer: Bool

    /// Reads `name|argument:kind!+ …|PERMISSION …|elsewhere`, where `!` marks a required argument and `+` a list.
    init(_ line: Substring, _ kind: Kind) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        self.kind = kind
        name = String(fields[0])
        arguments = fields[1].split(separator: " ").map(Argument.init)
        permissions = fields[2].split(separator: " ").map(String.init)
        isOnServer = fields[3].isEmpty
    }
}

extension VQLSymbol.Argument {
    fileprivate init(_ field: Substring) {
        let parts = field.split(separator: ":")
        let code = parts[1]
        name = String(parts[0])
        kind = code.first.flatMap(Kind.init) ?? .any
        isRequired = code.contains("!")
        isRepeated = code.contains("+")
    }
}
