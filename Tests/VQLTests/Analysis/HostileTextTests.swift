// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Analysis of hostile texts")
struct HostileTextTests {
    @Test("A long chain, a deep nest and many texts are walked without a crash, and each call is reported once")
    func large() throws {
        let chain = "SELECT " + Array(repeating: "rm(filename='x')", count: 5_000).joined(separator: " + ")
        let chained = QueryAnalysis(of: try Program(parsing: chain + " FROM scope()"))
        #expect(chained.reaches.count == 5_001 && chained.verdict == .changes)

        let nest = String(repeating: "(1 + ", count: 900) + "rm(filename='x')" + String(repeating: ")", count: 900)
        #expect(QueryAnalysis(of: try Program(parsing: "SELECT \(nest) FROM scope()")).verdict == .changes)

        let texts = String(repeating: "SELECT eval(func='x=>rm(filename=x)', args=1) FROM scope() ", count: 2_000)
        let analysis = QueryAnalysis(of: try Program(parsing: texts))
        #expect(analysis.reaches.count == 6_000)
        #expect(analysis.sentences(from: .changes) == ["rm() deletes a file on the server"])
    }

    @Test("Of many names that are not known, the first come with suggestions")
    func manyUnknownNames() throws {
        let calls = (0..<3_000).map { "client_inf\($0 % 10)()" }.joined(separator: ", ")
        let analysis = QueryAnalysis(of: try Program(parsing: "SELECT \(calls) FROM scope()"))
        let withSuggestion = analysis.reaches.filter { $0.sentence.contains("did you mean client_info()") }
        #expect(withSuggestion.count == 16 && analysis.verdict == .unknown)
    }
}
