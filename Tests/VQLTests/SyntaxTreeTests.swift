// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Syntax tree")
struct SyntaxTreeTests {
    /// An expression with parentheses around every operation, to show how it was read.
    private func shape(_ expression: Expression) -> String {
        func chain<Operator>(_ chain: OperatorChain<Operator>) -> String {
            "<" + chain.operands.map(shape).joined(separator: " ") + ">"
        }
        return switch expression.kind {
        case .and(let operation): "and" + chain(operation)
        case .or(let operation): "or" + chain(operation)
        case .comparison(let operation): "cmp" + chain(operation)
        case .addition(let operation): "add" + chain(operation)
        case .multiplication(let operation): "mul" + chain(operation)
        case .not(let operand): "not<\(shape(operand))>"
        case .access(let access): "get\(access.steps.count)<\(shape(access.base))>"
        default: expression.description
        }
    }

    @Test(
        "Precedence: AND is looser than OR, NOT takes one comparison",
        arguments: [
            ("a OR b AND c", "and<or<a b> c>"), ("a AND b || c", "and<a or<b c>>"), ("NOT 1 = 2", "not<cmp<1 2>>"),
            ("NOT a AND b", "and<not<a> b>"), ("a + 1 < b * 2 - c", "cmp<add<a 1> add<mul<b 2> c>>"),
            ("5 < 3 < 10", "cmp<5 3 10>"), ("NOT NOT a OR b", "or<not<not<a>> b>"),
            ("a.b().c[0] * d.e", "mul<get2<a.b()> d.e>"),
            ("-dict(a=5).a", "get1<-dict(a=5)>"), ("1 + 2 - 3 + 4", "add<1 2 3 4>"),
            ("a AND NOT b = c", "and<a not<cmp<b c>>>"),
        ]
    )
    func precedence(text: String, expected: String) throws {
        #expect(shape(try ExpressionList(parsing: text).first) == expected)
    }

    @Test(
        "Lists keep what the server keeps",
        arguments: [
            ("(1)", false, ["1"]), ("(1,)", true, ["1"]), ("(1,,2)", true, ["1"]), ("(1, 2 3)", true, ["1", "3"]),
            ("(1,2,)", true, ["1", "2"]), ("((1,2))", true, ["1", "2"]),
        ]
    )
    func lists(text: String, isList: Bool, elements: [String]) throws {
        guard case .parenthesized(let list) = try ExpressionList(parsing: text).first.kind else {
            Issue.record("not parenthesized")
            return
        }
        #expect(list.content.hasComma == isList)
        #expect(list.content.elements.map(\.description) == elements)
    }

    @Test("Of several index values the last counts")
    func indexes() throws {
        guard case .access(let access) = try ExpressionList(parsing: "a[0 1][::2][]").first.kind else {
            Issue.record("no access")
            return
        }
        let indexes = access.steps.compactMap { if case .index(let index) = $0 { index } else { nil } }
        #expect(indexes.map(\.isSlice) == [false, true, false])
        #expect(indexes.map { $0.lower?.description } == ["1", nil, nil])
        #expect(indexes.map { $0.upper?.description } == [nil, "2", nil])
    }

    @Test("Every node knows its text")
    func ranges() throws {
        let text =
            "LET a(b={ SELECT 1 FROM s }) = 'é'  SELECT x.y( z = [1, 2] )[0] AS c, NOT d + 2 FROM e . f( g=1 ) WHERE h , 1"
        let bytes = Array(text.utf8)
        let pieces = try Program(parsing: text).elements.map { element in
            String(decoding: bytes[element.range.start.byteOffset..<element.range.end.byteOffset], as: UTF8.self)
        }
        #expect(
            pieces == [
                "LET a(b={ SELECT 1 FROM s }) = 'é'", "b={ SELECT 1 FROM s }", "SELECT 1 FROM s", "1", "1", "s", "'é'",
                "SELECT x.y( z = [1, 2] )[0] AS c, NOT d + 2 FROM e . f( g=1 ) WHERE h , 1",
                "x.y( z = [1, 2] )[0] AS c",
                "x.y( z = [1, 2] )[0]", "x.y( z = [1, 2] )", "z = [1, 2]", "[1, 2]", "1, 2", "1", "2", "[0]", "0",
                "NOT d + 2", "NOT d + 2", "d + 2", "d", "2", "e . f( g=1 )", "g=1", "1", "h , 1", "h", "1",
            ]
        )
    }

    @Test("A walk can leave out what is inside an element")
    func skipping() throws {
        var walk = try Program(parsing: "SELECT f(a=g(b=1)), h() FROM s()").elements.makeIterator()
        var called: [String] = []
        while let element = walk.next() {
            guard case .expression(let expression) = element, case .symbol(let symbol) = expression.kind else {
                continue
            }
            called.append(symbol.name)
            walk.skipChildren()
        }
        #expect(called == ["f", "h"])
    }

    @Test("A limit is added, or lowered, but never raised")
    func limits() throws {
        func limited(_ text: String, to count: Int64) throws -> String? {
            try Program(parsing: text).selects.first?.limited(to: count).description
        }
        #expect(try limited("SELECT * FROM s", to: 5) == "SELECT * FROM s LIMIT 5")
        #expect(try limited("SELECT * FROM s LIMIT 9", to: 5) == "SELECT * FROM s LIMIT 5")
        #expect(try limited("SELECT * FROM s LIMIT 0x2", to: 5) == "SELECT * FROM s LIMIT 0x2")
        #expect(try limited("SELECT * FROM s", to: 0) == "SELECT * FROM s LIMIT 1")
        #expect(try Program(parsing: "SELECT * FROM s").isSingleSelect)
        #expect(try !Program(parsing: "LET a = 1 SELECT * FROM s").isSingleSelect)
        #expect(try !Program(parsing: "LET a = 1").isSingleSelect)
    }
}
