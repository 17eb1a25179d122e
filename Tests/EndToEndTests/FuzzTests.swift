// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

// One after the other: each takes a processor for itself, and other tests have deadlines.
@Suite("Mutations of what comes from outside", .serialized)
struct FuzzTests {
    private func fuzz(_ arguments: String) async throws -> AuthorShell.Outcome {
        let shell = try AuthorShell()
        return try await shell.run("megaraptor-fuzz \(arguments)", ["TMPDIR": shell.folder])
    }

    /// Together a hundred thousand; `make fuzz` goes on from other seeds.
    @Test(
        "crash nothing and hang nothing",
        arguments: [
            ("protocol", 30_000), ("answers", 15_000), ("manifests", 5_000), ("configuration", 10_000),
            ("vql", 30_000), ("json", 10_000), ("frames", 20_000),
        ]
    )
    func holds(target: String, count: Int) async throws {
        let outcome = try await fuzz("\(target) --count \(count) --seed 20261124 --patience 60")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("\(target): \(count) cases"))
    }

    @Test("are told apart by how they end, named so that they can be replayed, and saved")
    func findsFindings() async throws {
        let outcome = try await fuzz("selftest --count 400 --patience 1")
        let output = outcome.output
        #expect(outcome.status == 1)
        #expect(output.contains("was ended by signal 11"))
        #expect(output.contains("was ended by signal 6") && output.contains("broken"))
        #expect(output.contains("took longer than 1 s"))
        #expect(output.contains("of seed 1"))
    }
}
