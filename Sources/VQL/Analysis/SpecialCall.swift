// SPDX-License-Identifier: Apache-2.0

/// Built-ins whose arguments decide what they amount to.
enum SpecialCall {
    static func verdict(on symbol: VQLSymbol, _ arguments: CallArguments) -> (QueryVerdict, String)? {
        switch (symbol.kind, symbol.name) {
        case (.function, "label"): label(arguments)
        case (.function, "cache"), (.function, "memoize"):
            arguments.has("filename") ? nil : (.readsInvestigation, "\(symbol.name)() keeps values while the query runs")
        case (.plugin, "http_client"): http(arguments)
        case (.plugin, "query"): query(arguments)
        case (.function, "eval"): eval(arguments)
        case (.function, "get"): get(arguments)
        case (.plugin, "scope"), (.plugin, "Artifact"): symbol.name == "scope" ? nil : unknownArtifact
        default: nil
        }
    }

    private static let unknownArtifact = (QueryVerdict.unknown, "Artifact() may run any artifact")

    /// Asking whether a client has a label changes nothing; anything else may.
    private static func label(_ arguments: CallArguments) -> (QueryVerdict, String)? {
        guard case .text("check") = arguments["op"] else { return nil }
        return (.readsInvestigation, "label() looks whether a client has a label")
    }

    /// A plain GET fetches; whatever carries something may change what it is sent to.
    private static func http(_ arguments: CallArguments) -> (QueryVerdict, String)? {
        let carried = ["data", "files", "secret", "tempfile_extension"]
        let isGet: Bool =
            switch arguments["method"] {
            case .absent: true
            case .text(let method): ["GET", "HEAD"].contains(method.uppercased())
            default: false
            }
        if isGet, !carried.contains(where: arguments.has) {
            return (.readsServer, "http_client() fetches from the network in the server's name")
        }
        return (.changes, "http_client() sends data from the server over the network")
    }

    private static func query(_ arguments: CallArguments) -> (QueryVerdict, String)? {
        guard !arguments.has("runas") else { return (.unknown, "query() runs in the name of another user") }
        return nil
    }

    /// Without arguments the lambda gets the scope, and with it everything.
    private static func eval(_ arguments: CallArguments) -> (QueryVerdict, String)? {
        guard arguments.has("args") else { return (.unknown, "eval() without args hands out the scope") }
        return nil
    }

    /// Reads a member, or a variable of the scope, whose name is a text.
    private static func get(_ arguments: CallArguments) -> (QueryVerdict, String)? {
        let opaque = (QueryVerdict.unknown, "get() reads what a text names, which may be anything")
        for argument in ["member", "field"] {
            switch arguments[argument] {
            case .absent: continue
            case .text(let path) where arguments.has("item"):
                if path.split(separator: ".").contains(where: { !isPlain($0) }) { return opaque }
            default: return opaque
            }
        }
        return nil
    }

    /// Whether a name is surely that of a column or a key.
    private static func isPlain(_ name: Substring) -> Bool {
        !["Artifact", "config", "Reset", "ProtoReflect", "Close", "Cancel"].contains(String(name)) && !name.hasPrefix("$")
    }
}
