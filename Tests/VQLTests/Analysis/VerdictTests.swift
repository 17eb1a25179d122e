// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("What a query does")
struct VerdictTests {
    @Test("Each query of the corpus gets its verdict", arguments: VerdictCase.all)
    func corpus(_ item: VerdictCase) throws {
        let analysis = QueryAnalysis(of: try Program(parsing: item.query))
        #expect(analysis.verdict == item.verdict, "\(analysis.sentences(from: .readsInvestigation))")
    }

    @Test("The corpus is large, half of it tries to get past, and no query is there twice")
    func size() {
        #expect(VerdictCase.all.count >= 160)
        #expect(VerdictCase.attempts.count * 2 >= VerdictCase.all.count)
        #expect(Set(VerdictCase.all.map(\.query)).count == VerdictCase.all.count)
    }

    @Test("Nothing makes a query look better than what it is wrapped around", arguments: VerdictCase.all)
    func wrapping(_ item: VerdictCase) throws {
        let program = try Program(parsing: item.query)
        for wrapper in Wrapper.all {
            guard let wrapped = wrapper.wrap(item.query, program) else { continue }
            let analysis = QueryAnalysis(of: try Program(parsing: wrapped))
            #expect(analysis.verdict >= item.verdict, "\(wrapped)")
        }
    }

    @Test("Queries wrapped many times at random keep at least their verdict")
    func randomWrapping() throws {
        var random = SeededGenerator(seed: 20_261_124)
        var wrappings = 0
        for _ in 0..<600 {
            let item = try #require(VerdictCase.all.randomElement(using: &random))
            var query = item.query
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let wrapper = try #require(Wrapper.all.randomElement(using: &random))
                guard let wrapped = wrapper.wrap(query, try Program(parsing: query)) else { continue }
                query = wrapped
                wrappings += 1
            }
            #expect(QueryAnalysis(of: try Program(parsing: query)).verdict >= item.verdict, "\(query)")
        }
        #expect(wrappings > 600)
    }

    @Test("Damaged queries that still parse are analysed")
    func damaged() throws {
        var random = SeededGenerator(seed: 20_261_125)
        var analysed = 0
        for _ in 0..<3_000 {
            let item = try #require(VerdictCase.all.randomElement(using: &random))
            var scalars = Array(item.query.unicodeScalars)
            let place = Int.random(in: 0..<scalars.count, using: &random)
            scalars.replaceSubrange(place..<min(scalars.count, place + Int.random(in: 1...3, using: &random)), with: [])
            guard let program = Self.program(String(String.UnicodeScalarView(scalars))) else { continue }
            let analysis = QueryAnalysis(of: program)
            #expect(analysis.reaches.allSatisfy { !$0.sentence.isEmpty && $0.verdict <= analysis.verdict })
            analysed += 1
        }
        #expect(analysed > 300)
    }

    private static func program(_ text: String) -> Program? {
        do throws(VQLSyntaxError) { return try Program(parsing: text) } catch { return nil }
    }
}
