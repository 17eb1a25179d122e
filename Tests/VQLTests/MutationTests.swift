// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Damaged queries")
struct MutationTests {
    /// Texts that mean something somewhere.
    private let fragments = [
        "(", ")", "[", "]", "{", "}", ",", ".", "'", "`", "\"", "'''", "-", "--", "/*", "*/", "\\", "\\x", " ", "\n",
        "=", "=>",
        "=~", "<", "|", "&&", "NOT ", "SELECT ", "FROM ", "LET ", "GROUP BY ", "LIMIT ", "IN ", "*", "1", "-1", "0x",
        "1e", "é",
        "\u{301}", "\0", ";", "a", "a.", "f(", "EXPLAIN ", "AS ",
    ]

    private func damage(_ query: String, _ random: inout SeededGenerator) -> String {
        var scalars = Array(query.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            let length = min(scalars.count - place, Int.random(in: 0...4, using: &random))
            let fragment = Bool.random(using: &random) ? fragments.randomElement(using: &random) ?? "" : ""
            scalars.replaceSubrange(place..<place + length, with: fragment.unicodeScalars)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("Each either parses and round-trips, or is refused with a place inside it")
    func mutations() throws {
        var random = SeededGenerator(seed: 20_261_123)
        var accepted = 0
        let cases = try RecordedCase.all()
        for _ in 0..<4_000 {
            let query = damage(try #require(cases.randomElement(using: &random)).query, &random)
            do throws(VQLSyntaxError) {
                let program = try Program(parsing: query)
                let printed = program.description
                let again = try Program(parsing: printed)
                #expect(again == program && again.description == printed, "\(query)")
                accepted += 1
            } catch {
                #expect(error.position.byteOffset <= query.utf8.count)
                #expect(error.render().hasPrefix("VQL Error: "))
                #expect(error.caret(in: query).hasSuffix("^"), "\(query)")
            }
        }
        #expect((300...3_000).contains(accepted))
    }
}
