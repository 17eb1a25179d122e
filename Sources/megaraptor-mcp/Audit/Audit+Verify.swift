// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLog
import AuditReview
import JSONValue

extension Audit {
    /// Walks along the whole chain.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find what was changed, deleted, inserted, moved or cut off.",
            discussion: """
                The exit status is 1 when something is broken. Whoever may write the log can write all of it anew; note \
                the hash that is printed in another place, and give it to --expect the next time.
                """
        )

        @OptionGroup var place: Place

        @Option(help: "A hash that was noted before: it must still be in the chain.")
        var expect: String?

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let reader = try place.reader()
            let outcome = try AuditVerification(reader, expecting: expect)
            print(json ? Self.json(outcome, reader.fileCount).prettyJSON() : Self.text(outcome, reader.fileCount))
            if !outcome.faults.isEmpty { throw ExitCode(1) }
        }

        private static func json(_ outcome: AuditVerification, _ files: Int) -> JSONValue {
            func list(_ findings: [AuditVerification.Finding]) -> JSONValue {
                .array(findings.map { ["place": .string($0.place), "message": .string($0.message)] })
            }
            return [
                "is_whole": .bool(outcome.faults.isEmpty), "records": JSONValue(outcome.records),
                "files": JSONValue(files), "last_seq": .integer(outcome.last.seq),
                "last_hash": .string(outcome.last.hash), "faults": list(outcome.faults), "notes": list(outcome.notes),
            ]
        }

        private static func text(_ outcome: AuditVerification, _ files: Int) -> String {
            func line(_ kind: String, _ finding: AuditVerification.Finding) -> String {
                "\(kind)  \(finding.place.isEmpty ? "" : finding.place + ": ")\(finding.message)".printable
            }
            let lines = outcome.faults.map { line("BROKEN", $0) } + outcome.notes.map { line("note  ", $0) }
            let verdict = outcome.faults.isEmpty ? "The chain is whole" : "The chain is broken"
            let last = "\(verdict): \(outcome.records) records in \(files) files, the last is \(outcome.last.seq)."
            return (lines + [last, "hash \(outcome.last.hash)"]).joined(separator: "\n")
        }
    }
}
