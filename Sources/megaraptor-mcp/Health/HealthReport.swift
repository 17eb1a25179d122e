// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The state of the host and its plugins, for programs and for people.
struct HealthReport: Sendable {
    struct Group: Sendable {
        /// The plugin's id.
        var id: String
        var version: String
        var findings: [HealthFinding]
    }

    var groups: [Group]

    func count(_ status: HealthFinding.Status) -> Int {
        groups.reduce(0) { $0 + $1.findings.count { $0.status == status } }
    }

    /// The gravest that was found; what could not be found out weighs as much as a warning.
    private var status: HealthFinding.Status {
        [.broken, .warning, .unknown].first { count($0) > 0 } ?? .ok
    }

    var json: JSONValue {
        let counts = HealthFinding.Status.allCases.map { ($0.rawValue, JSONValue(count($0))) }
        let plugins = groups.map { group -> JSONValue in
            [
                "id": .string(group.id), "version": .string(group.version),
                "checks": .array(group.findings.map(\.json)),
            ]
        }
        return [
            "status": .string(status.rawValue), "counts": .object(JSONObject(counts)), "plugins": .array(plugins),
        ]
    }
}

extension HealthReport {
    private static let words: [HealthFinding.Status: String] = [
        .ok: "ok     ", .warning: "warning", .broken: "BROKEN ", .unknown: "unknown",
    ]

    /// A line for each check, grouped by plugin, and one that counts.
    var text: String {
        var lines: [String] = []
        for group in groups {
            lines.append("\(group.id) \(group.version)".printable)
            for finding in group.findings {
                lines.append("  \(Self.words[finding.status] ?? "")  \(finding.message.printable)")
                if let fix = finding.fix { lines.append("    fix: \(fix.printable)") }
            }
        }
        let counts = HealthFinding.Status.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
        let total = groups.reduce(0) { $0 + $1.findings.count }
        return (lines + ["\(total) checks: \(counts)"]).joined(separator: "\n") + "\n"
    }
}

extension String {
    /// One line that cannot steer a terminal: a plugin's words may hold what a server or an endpoint said.
    var printable: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: text += scalar.escaped(asASCII: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
