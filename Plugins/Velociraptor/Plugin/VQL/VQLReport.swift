// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit
internal import VQL
internal import VQLChecks

/// What was found out about a query that did not run.
struct VQLReport: Sendable {
    let check: VQLCheck
    private let analysis: QueryAnalysis?

    init(_ check: VQLCheck) {
        self.check = check
        analysis = check.program.map { QueryAnalysis(of: $0) }
    }

    /// As many findings as fit, the errors first.
    func toolResult(_ budget: ResultBudget) -> ToolResult {
        let findings =
            check.findings.filter { $0.severity == .error } + check.findings.filter { $0.severity == .warning }
        var lines = [heading] + effectLines
        var room = budget.bytes - lines.reduce(0) { $0 + $1.utf8.count + 1 } - 200
        var shown: [JSONValue] = []
        for finding in findings {
            let (text, json) = (finding.text(in: check.query), finding.json(in: check.query))
            room -= max(text.utf8.count + 1, json.json().utf8.count)
            guard room > 0 else { break }
            lines.append(text)
            shown.append(json)
        }
        let leftOut = findings.count - shown.count
        if leftOut > 0 { lines.append("NOT ALL FINDINGS: \(leftOut) more. Correct these first.") }
        return .escaped(
            text: lines.joined(separator: "\n"),
            structured: [
                "valid": .bool(check.isValid), "findings": .array(shown), "findings_left_out": JSONValue(leftOut),
                "effect": analysis.map { .string($0.verdict.name) } ?? .null,
                "effects": .array(sentences.map(JSONValue.string)), "permissions": .array(permissions),
            ]
        )
    }

    private var heading: String {
        guard check.program != nil else { return "The query is not VQL; the server would run nothing of it." }
        let errors = check.findings.count { $0.severity == .error }
        let warnings = check.findings.count - errors
        let counts =
            "\(errors) \(errors == 1 ? "error" : "errors"), \(warnings) \(warnings == 1 ? "warning" : "warnings")"
        return """
            \(check.isValid ? "The query can be run" : "The query would run with errors"): \(counts). Names were checked \
            against Velociraptor 0.77.2; nothing was sent.
            """
    }

    private var effectLines: [String] {
        guard let analysis else { return [] }
        let names = permissions.compactMap { permission in
            permission["permission"]?.stringValue.map { "\($0) (role \(permission["role"]?.stringValue ?? ""))" }
        }
        let what = sentences.map { VisibleText.escape($0) + "." }.joined(separator: " ")
        return [
            "Effect: \(analysis.verdict.sentence)\(what.isEmpty ? "" : " \(what)")",
            names.isEmpty ? "" : "It can need: \(names.joined(separator: ", ")).",
        ].filter { !$0.isEmpty }
    }

    /// What is worth telling of: all that does more than read what was collected.
    private var sentences: [String] {
        Array((analysis?.sentences(from: .readsServer) ?? []).prefix(20))
    }

    private var permissions: [JSONValue] {
        (analysis?.permissions ?? []).map { permission in
            let name = permission.rawValue
            return ["permission": .string(name), "role": .string(Permissions.role(bringing: [name]))]
        }
    }
}
