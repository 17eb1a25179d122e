// SPDX-License-Identifier: Apache-2.0

package import JSONValue
package import VQL

/// Holds a tool without code against what its manifest says of it, before anything runs.
package struct VQLToolCheck {
    let json: JSONValue
    let tool: VQLToolDefinition
    let artifacts: QueryAnalysis.ArtifactLookup?
    var faults: [VQLToolFault] = []

    /// All that is wrong with a tool; empty where nothing is.
    ///
    /// - Parameters:
    ///   - definition: the tool's entry in the manifest, which its schema has accepted.
    ///   - artifacts: the texts of artifacts that the query runs on the server. Without a server nobody knows these:
    ///     then what such an artifact does is left open here, and looked at before the tool's first call.
    package static func faults(
        in definition: JSONValue,
        artifacts: QueryAnalysis.ArtifactLookup? = nil
    ) -> [VQLToolFault] {
        var check = VQLToolCheck(definition, artifacts)
        check.run()
        return check.faults
    }

    private init(_ json: JSONValue, _ artifacts: QueryAnalysis.ArtifactLookup?) {
        self.json = json
        self.artifacts = artifacts
        tool = VQLToolDefinition(json)
    }

    private mutating func run() {
        checkParameters()
        checkPermissionNames()
        let check = VQLCheck(tool.query, environment: Array(tool.parameters.keys))
        for finding in check.findings where finding.severity == .error {
            add(Self.query, finding.message, finding.hint, at: finding.position)
        }
        guard let program = check.program else { return }
        checkStatements(program)
        checkVariables(VariableUse(of: program))
        checkColumns(program)
        checkClaims(QueryAnalysis(of: program, artifacts: artifacts))
    }

    static let query = ["run", "vql", "query"]

    mutating func add(_ place: [String], _ message: String, _ hint: String, at position: SourcePosition? = nil) {
        let fault = VQLToolFault(
            pointer: JSONPointer(place),
            message: message,
            hint: hint,
            line: position?.line,
            column: position?.column
        )
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// Several results would need several pages, and none would change nothing that can be told.
    private mutating func checkStatements(_ program: Program) {
        let selects = program.selects
        guard selects.count != 1 else { return }
        add(
            Self.query,
            "The query has \(selects.isEmpty ? "no SELECT" : "\(selects.count) SELECTs"), so there is no one result.",
            "End it with the one SELECT whose rows the tool gives; everything before is LET.",
            at: selects.dropFirst().first?.range.start
        )
    }
}
