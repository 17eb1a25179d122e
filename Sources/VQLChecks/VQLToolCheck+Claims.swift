// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import VQL

extension VQLToolCheck {
    /// Whether what the manifest says of the tool's effect is true. A person decides by it whether to look.
    mutating func checkClaims(_ analysis: QueryAnalysis) {
        let reaches = analysis.reaches.filter { artifacts != nil || $0.kind != .artifact }
        let verdict = reaches.map(\.verdict).max() ?? .readsInvestigation
        let annotations = json["annotations"]
        if annotations?["read_only"] == true, verdict > .readsInvestigation {
            accuse(
                reaches,
                from: .readsServer,
                "read_only",
                "The tool says read_only: true, but its query \(Self.words(verdict)).",
                "Say read_only: false, or write the query so that it only reads what was collected."
            )
        }
        if verdict >= .changes {
            if annotations?["destructive"] == false {
                accuse(
                    reaches,
                    from: .changes,
                    "destructive",
                    "The tool says destructive: false, but its query \(Self.words(verdict)).",
                    "Say destructive: true, so that a person is asked before it runs."
                )
            }
            if json["asks_first"] == false {
                add(
                    ["asks_first"],
                    "asks_first: false is for tools that ask by themselves, which a query cannot.",
                    "Remove it, so that the host asks before the tool changes something."
                )
            }
        }
        if json["read_only_mode"] != nil {
            add(
                ["read_only_mode"],
                "A query does the same in read-only mode as else; it does not restrict itself.",
                "Remove read_only_mode; a tool with read_only: true stays offered there."
            )
        }
        checkPermissions(reaches)
    }

    private mutating func accuse(
        _ reaches: [Reach],
        from least: QueryVerdict,
        _ annotation: String,
        _ message: String,
        _ hint: String
    ) {
        let worst = reaches.filter { $0.verdict >= least }.max { $0.verdict < $1.verdict }
        let reason = worst.map { " \($0.sentence)." } ?? ""
        let position = worst?.position
        add(
            ["annotations", annotation],
            message + reason + (position.map { " (line \($0.line), column \($0.column) of the query)" } ?? ""),
            hint
        )
    }

    private static func words(_ verdict: QueryVerdict) -> String {
        switch verdict {
        case .readsInvestigation: "reads what was collected"
        case .readsServer: "reads the server's own machine"
        case .changes: "changes something"
        case .unknown: "may do what cannot be told from its text"
        }
    }

    // MARK: - Rights

    private static let knownPermissions: Set<String> = Set(
        SymbolTable.Kind.allCases.flatMap { kind in SymbolTable.entries(kind).flatMap(\.permissions) }.map(\.rawValue)
    ).union([Permission.anyQuery.rawValue])

    mutating func checkPermissionNames() {
        for (index, name) in tool.permissions.enumerated() where !Self.knownPermissions.contains(name) {
            let near = SymbolTable.nearest(to: name, among: Self.knownPermissions.sorted(), limit: 1).first
            add(
                ["run", "vql", "permissions", "\(index)"],
                "Velociraptor has no permission \(name).",
                near.map { "Did you mean \($0)?" } ?? "Names are such as READ_RESULTS and COLLECT_CLIENT."
            )
        }
    }

    /// Of the rights that a built-in can need, one has to be declared: which, depends on its arguments.
    private mutating func checkPermissions(_ reaches: [Reach]) {
        let declared = Set(tool.permissions)
        for reach in reaches where !reach.permissions.isEmpty {
            let names = reach.permissions.map(\.rawValue)
            guard declared.isDisjoint(with: names) else { continue }
            add(
                ["run", "vql"],
                "\(reach.name) needs \(names.joined(separator: " or ")), which permissions does not name.",
                "Add it to run.vql.permissions, so that people know which key the tool needs.",
                at: reach.position
            )
        }
    }
}
