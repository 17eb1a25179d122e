// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// The artifacts that cut an endpoint off. Their columns are those of the real ones, the texts are the lab's.
    static let quarantine: [ArtifactCollector] = [
        ArtifactCollector("Windows.Remediation.Quarantine", on: [.windows]) { site in
            let policy = site.parameters["PolicyName"] ?? "VelociraptorQuarantine"
            guard !site.removesQuarantine else { return [site.note("\(policy): the IPSec policy was removed.")] }
            return [
                site.note("\(policy): the IPSec policy was applied."),
                site.note("\(policy): the server can still be reached."),
            ] + site.messageNote
        },
        ArtifactCollector("Linux.Remediation.Quarantine", on: [.linux]) { site in
            let table = site.parameters["TableName"] ?? "vrr_quarantine_table"
            let program = site.firewallProgram
            guard site.hasFirewallProgram else {
                return [site.command("\(program) list tables", "no such file or directory", returned: -1)]
            }
            guard !site.removesQuarantine else { return [site.command("\(program) delete table inet \(table)")] }
            return [
                site.command("\(program) add table inet \(table)"),
                site.command("\(program) add chain inet \(table) inbound_chain"),
                site.command("\(program) add chain inet \(table) outbound_chain"),
                site.note("\(table): the server can still be reached, other hosts cannot."),
            ] + site.messageNote
        },
        ArtifactCollector("MacOS.Remediation.Quarantine", on: [.darwin]) { site in
            let anchor = site.parameters["AnchorName"] ?? "com.apple/velociraptor.quarantine"
            let text = site.removesQuarantine ? "the rules were removed." : "the rules were loaded."
            let rows = [site.note("\(anchor): \(text)")] + (site.removesQuarantine ? [] : site.messageNote)
            return rows.map { row in
                ["Time": row["Time"] ?? .null, "ReturnCode": 0, "Result": row["Result"] ?? .null]
            }
        },
    ]

    /// Whether an artifact is one of ``quarantine``.
    static func isQuarantine(_ artifact: String) -> Bool { quarantine.contains { $0.artifact == artifact } }
}

extension ArtifactCollector.Site {
    /// Whether collecting at this site left the endpoint cut off; `nil` if it changed nothing.
    var quarantineEffect: Bool? {
        endpoint.system == .linux && !hasFirewallProgram ? nil : !removesQuarantine
    }

    fileprivate var removesQuarantine: Bool { parameters["RemovePolicy"] == "Y" }
    fileprivate var firewallProgram: String { parameters["pathToNFT"] ?? "/usr/sbin/nft" }
    fileprivate var hasFirewallProgram: Bool { firewallProgram == "/usr/sbin/nft" }

    fileprivate func note(_ text: String) -> JSONObject { ["Time": .time(now), "Result": .string(text)] }

    fileprivate func command(_ words: String, _ output: String = "", returned code: Int = 0) -> JSONObject {
        note("Running [\(words)]: \(output), Returned \(code) ")
    }

    fileprivate var messageNote: [JSONObject] {
        guard let message = parameters["MessageBox"], !message.isEmpty else { return [] }
        return [note("The message was shown: \(message)")]
    }
}
