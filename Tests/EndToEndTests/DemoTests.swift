// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("The demo shows a newcomer a whole session")
struct DemoTests {
    /// What differs from run to run, and what stands for it.
    private static let variable: [(pattern: String, replacement: String)] = [
        ("[0-9]+\\.[0-9] ms", "N ms"),
        ("\\b([FH])\\.D[0-9A-Z]{12}\\b", "$1.ID"),
        ("[0-9]+ s ago", "N s ago"),
        // How far the client has come when the collection was just started.
        ("(Flow [^ ]+ of [^ ]+: )(Queued|Delivered|Running|The client).*", "$1STATE"),
        ("\\b1[0-9]{15}\\b", "MICROSECONDS"),
        ("\\b1[0-9]{9}\\b", "SECONDS"),
        ("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT"),
        ("/tmp/megaraptor-demo-[A-Za-z0-9]+", "FOLDER"),
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME"),
        ("\"command\": \"[^\"]*\"", "\"command\": \"PROGRAM\""),
        ("\"(first_seen_at|last_seen_at|seconds_since_seen)\":[0-9]+", "\"$1\":N"),
    ]

    @Test("What it prints is what was agreed")
    func golden() async throws {
        let process = try LineProcess(Products.host, ["demo"])
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        #expect(await process.waitForEnd() == 0, "\(process.standardError)")
        var text = lines.joined(separator: "\n") + "\n"
        for (pattern, replacement) in Self.variable {
            text = text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        // On a busy machine the collection may be done before its start is told.
        text = text.replacingOccurrences(
            of: "(Triage with [0-9]+ artifacts in one collection[.]\n   < Flow [^:]*: )Finished with [0-9]+ rows[.]",
            with: "$1STATE\n   < wait_for_flow waits for its end.",
            options: .regularExpression
        )
        // Where a long line was cut depends on the length of what varies in it.
        text = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasSuffix("…") ? "\($0.prefix(90))…" : String($0) }.joined(separator: "\n")
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "demo.golden.txt")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let agreed = try String(contentsOf: file, encoding: .utf8)
        #expect(text == agreed, "run with MEGARAPTOR_UPDATE_GOLDEN=1 and look at the difference")
    }
}
