// SPDX-License-Identifier: Apache-2.0

/// One text, or several that share their names, as the analysis looks at it.
struct AnalysisUnit {
    let roots: [SyntaxElement]
    /// Names that a LET defines: here, and in each text around. Sets are shared, so that many small texts stay cheap.
    private let definitions: [Set<String>]
    /// Whether something here or around may hide the server's `Artifact`.
    let hidesArtifact: Bool
    /// How it is reached.
    let route: [String]
    /// Where the text begins in the text that is analysed; `nil` for that text itself.
    let origin: SourcePosition?

    init(_ roots: [SyntaxElement]) {
        self.init(roots, inside: nil, route: [], origin: nil)
    }

    /// A text inside another one. It may see the names around it.
    init(_ roots: [SyntaxElement], in outer: AnalysisUnit, as construct: String, at position: SourcePosition) {
        self.init(roots, inside: outer, route: outer.route + [construct], origin: outer.origin ?? position)
    }

    private init(_ roots: [SyntaxElement], inside outer: AnalysisUnit?, route: [String], origin: SourcePosition?) {
        var names: Set<String> = []
        var bound: Set<String> = []
        for element in SyntaxWalk(roots) {
            switch element {
            case .definition(let definition): names.insert(definition.name.unquotedName)
            case .parameter(let parameter): bound.insert(parameter.name.unquotedName)
            case .column(let column): if let alias = column.alias { bound.insert(alias.unquotedName) }
            // Arguments of LETs and of `env=dict(…)` become variables.
            case .argument(let argument): bound.insert(argument.name.unquotedName)
            default: break
            }
        }
        self.roots = roots
        definitions = (outer?.definitions ?? []) + (names.isEmpty ? [] : [names])
        let isHiddenHere = names.contains(AnalysisNames.artifact) || bound.contains(AnalysisNames.artifact)
        hidesArtifact = isHiddenHere || outer?.hidesArtifact ?? false
        self.route = route
        self.origin = origin
    }

    /// Whether a LET defines the name, here or around.
    func defines(_ name: String) -> Bool {
        definitions.contains { $0.contains(name) }
    }
}

/// Variables and members that lead to the server itself.
enum AnalysisNames {
    /// Every artifact is a member of it, and can be run from there.
    static let artifact = "Artifact"
    /// The configuration of clients, with the secret that enrols them.
    static let config = "config"
    static let harmlessConfig: Set<String> = ["version", "server_version"]

    /// Methods that act on the object they belong to. A member that is read calls a method of its name.
    static let actingMethods: Set<String> = [
        "Clear", "Close", "Descriptor", "Flush", "Lock", "ProtoMessage", "ProtoReflect", "RLock", "RUnlock", "Reset",
        "Unlock",
    ]

    /// `$repository`, `$acl` and others: the server's own objects.
    static func isInternal(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "$")
    }
}
