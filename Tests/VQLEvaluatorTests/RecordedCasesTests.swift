// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing
import VQLEvaluator

@Suite("Recorded queries")
struct RecordedCasesTests {
    /// Queries whose recorded answer is not given, with the reason.
    private static func notReproduced() throws -> [String: String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "not-reproduced.json")
        let entries = try JSONValue(json: Array(Data(contentsOf: file))).objectValue ?? [:]
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.stringValue ?? "") })
    }

    @Test("Every recorded query gives the recorded rows and log lines, but for those that are listed")
    func answersAreThoseOfTheServer() async throws {
        let cases = try RecordedCase.runnable().filter { !$0.isUnstable }
        let listed = try Self.notReproduced()
        var reproduced = 0
        for recorded in cases {
            let outcome = try await QueryEngine.underTest.outcome(
                of: recorded.vql,
                environment: recorded.environment,
                timeout: .seconds(60)
            )
            let difference = recorded.difference(from: outcome)
            if difference == nil { reproduced += 1 }
            switch (difference, listed[recorded.vql]) {
            case (let difference?, nil): Issue.record("\(recorded.vql)\n\(difference)")
            case (nil, let reason?): Issue.record("listed as not reproduced (\(reason)), but it is: \(recorded.vql)")
            default: break
            }
        }
        print("\(reproduced) of \(cases.count) recorded queries are reproduced")
        #expect(reproduced + listed.count == cases.count)
        #expect(reproduced >= 520)
    }

    @Test("The list of queries that are not reproduced names only recorded queries, and a reason for each")
    func listIsClean() throws {
        let known = Set(try RecordedCase.runnable().map(\.vql))
        for (vql, reason) in try Self.notReproduced() {
            #expect(known.contains(vql), "\(vql)")
            #expect(!reason.isEmpty, "\(vql)")
        }
    }
}
