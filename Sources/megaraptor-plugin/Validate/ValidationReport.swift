// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What all checks found.
struct ValidationReport {
    let folder: String
    let seed: UInt64
    var findings: [(id: String, finding: Finding)] = []

    init(folder: String, seed: UInt64) {
        self.folder = folder
        self.seed = seed
    }

    var isBad: Bool { findings.contains { $0.finding.verdict.isBad } }

    /// A finding for a terminal.
    static func line(_ id: String, _ finding: Finding) -> String {
        "\(padded(finding.verdict.rawValue, 5))  \(padded(id, 23))  \(finding.sentence)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    var summary: String {
        let counts: [(Finding.Verdict, String)] = [
            (.pass, "passed"), (.fail, "failed"), (.crash, "crashed"), (.warn, "warned"), (.skip, "skipped"),
        ]
        let words = counts.compactMap { verdict, word in
            let count = findings.count { $0.finding.verdict == verdict }
            return count == 0 ? nil : "\(count) \(word)"
        }
        return "\(words.joined(separator: ", ")); seed \(seed)"
    }

    var json: JSONValue {
        [
            "folder": .string(folder),
            "seed": JSONValue(seed),
            "ok": .bool(!isBad),
            "checks": .array(
                findings.map { id, finding in
                    [
                        "id": .string(id), "verdict": .string(finding.verdict.rawValue),
                        "sentence": .string(finding.sentence),
                    ]
                }
            ),
        ]
    }
}
