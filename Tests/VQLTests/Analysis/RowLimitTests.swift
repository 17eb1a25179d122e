// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Adding a LIMIT")
struct RowLimitTests {
    private func limited(_ query: String, _ rows: Int64 = 10) throws -> String? {
        let program = try Program(parsing: query)
        return RowLimit.adding(rows, to: query, parsedAs: program, QueryAnalysis(of: program))
    }

    @Test(
        "The only query that just reads gets one",
        arguments: [
            "SELECT * FROM clients()", "SELECT * FROM clients() WHERE a = 1", "SELECT * FROM clients() ORDER BY a DESC",
            "SELECT * FROM clients() GROUP BY a, b", "SELECT * FROM pslist() -- all of them",
            "SELECT * FROM clients() /* LIMIT 5 */ // LIMIT 6",
            "LET x = SELECT * FROM clients() LIMIT 3 SELECT * FROM x",
            "SELECT * FROM clients()LET y = 1", "SELECT 'é' AS `né` FROM clients() WHERE a, -- é",
        ]
    )
    func added(query: String) throws {
        let program = try Program(parsing: try #require(try limited(query)))
        #expect(program.selects.map(\.limit?.value) == [11])
        let original = try Program(parsing: query)
        #expect(program.statements.count == original.statements.count)
        #expect(program.selects == original.selects.map { $0.limited(to: 11) })
    }

    @Test(
        "Anything else is left alone",
        arguments: [
            "SELECT * FROM clients() LIMIT 5", "EXPLAIN SELECT * FROM clients()", "LET x = 1",
            "SELECT 1 FROM scope() SELECT 2 FROM scope()", "SELECT * FROM execve(argv='id')",
            "SELECT label(client_id=client_id, labels='x', op='set') FROM clients()", "SELECT * FROM query(query=Q)",
        ]
    )
    func refused(query: String) throws {
        #expect(try limited(query) == nil)
    }

    @Test("A number of rows that makes no sense adds nothing", arguments: [0, -1, Int64.max])
    func numbers(rows: Int64) throws {
        #expect(try limited("SELECT * FROM clients()", rows) == nil)
    }
}
