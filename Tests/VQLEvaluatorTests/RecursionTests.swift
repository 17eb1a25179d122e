// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQL
import VQLEvaluator

@Suite("Recursion")
struct RecursionTests {
    @Test("A function may call itself hundreds of times")
    func deepRecursion() async throws {
        let vql = """
            LET f(x) = if(condition=x > 0, then=1 + f(x=x - 1), else=0)
            SELECT f(x=900) AS A FROM scope()
            """
        let outcome = try await QueryEngine.underTest.outcome(of: vql)
        #expect(outcome.rows.first?["A"] == 900)
        #expect(outcome.lines == [])
    }

    @Test(
        "Endless recursion is logged once and gives NULL, the rest of the row is as it should be",
        arguments: [
            "LET f = f + f SELECT f AS A, 1 AS B FROM scope()",
            "LET f(x) = f(x=x) + f(x=x) SELECT f(x=1) AS A, 1 AS B FROM scope()",
            "LET f = g LET g = f SELECT f AS A, 1 AS B FROM scope()",
            "LET q = SELECT {SELECT * FROM q}, {SELECT * FROM q} FROM q SELECT {SELECT * FROM q} AS A, 1 AS B FROM scope()",
        ]
    )
    func endlessRecursion(vql: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: vql)
        #expect(outcome.rows == [["A": nil, "B": 1]])
        #expect(outcome.lines.count == 1)
        #expect(outcome.lines.first?.hasPrefix("Stack Overflow: SELECT ") == true)
    }

    @Test("Recursion through a body that nests deeply ends before the stack does")
    func deepBodies() async throws {
        let nots = String(repeating: "NOT ", count: 2_000)
        let outcome = try await QueryEngine.underTest.outcome(
            of: "LET f(x) = \(nots) f(x=x) SELECT f(x=1) AS A FROM scope()"
        )
        #expect(outcome.rows == [["A": nil]])
        #expect(outcome.lines.count == 1)
    }

    @Test("On a thread with an ordinary stack recursion ends sooner, and as orderly")
    func ordinaryStack() throws {
        let nots = String(repeating: "NOT ", count: 500)
        let sink = CollectingSink()
        let request = QueryRequest(
            queries: ["LET f(x) = \(nots) f(x=x) SELECT f(x=1) AS A FROM scope()"],
            session: Session(principal: "tester", permissions: [.anyQuery])
        )
        try QueryEngine.underTest.run(request, into: sink)
        #expect(sink.outcome.rows == [["A": nil]])
        #expect(sink.outcome.lines.count == 1)
    }

    @Test("A query that reads from itself gives no rows, and the next statement runs")
    func endlessQuery() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "LET q = SELECT * FROM q SELECT * FROM q SELECT 1 AS A FROM scope()"
        )
        #expect(outcome.rows == [["A": 1]])
        #expect(outcome.lines == ["Stack Overflow: SELECT * FROM q"])
    }
}
