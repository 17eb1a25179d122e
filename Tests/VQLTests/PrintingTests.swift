// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import VQL

@Suite("Printing")
struct PrintingTests {
    @Test("Every accepted query survives printing and parsing")
    func roundTrip() throws {
        for recorded in try RecordedCase.all() where recorded.kind != .syntax {
            let program = try Program(parsing: recorded.query)
            let printed = program.description
            let again = try Program(parsing: printed)
            #expect(again == program, "\(recorded.query)")
            #expect(again.description == printed, "\(recorded.query)")
        }
    }

    @Test("The server's own way of printing parses, and prints as itself")
    func canonicalIsStable() throws {
        for recorded in try RecordedCase.all() where recorded.kind != .syntax {
            for select in try Program(parsing: recorded.query).selects {
                let again = try Program(parsing: select.canonicalText)
                #expect(again.selects.map(\.canonicalText) == [select.canonicalText], "\(recorded.query)")
            }
        }
    }

    @Test("Columns are called what the server called them")
    func columnNames() throws {
        var compared = 0
        for recorded in try RecordedCase.all() where recorded.kind != .syntax {
            let selects = try Program(parsing: recorded.query).selects
            guard let select = selects.first, selects.count == 1, let row = recorded.rows.first?.objectValue,
                !select.columns.contains(where: { $0.content == .star })
            else { continue }
            #expect(Set(select.columns.map(\.name)) == Set(row.map(\.key)), "\(recorded.query)")
            compared += select.columns.count
        }
        #expect(compared > 700)
    }

    @Test(
        "Unnamed columns",
        arguments: [
            ("1+1", "1 + 1"), ("0x10", "16"), ("1.50", "1.5"), ("1.0", "1.0"), ("a   and b", "a  and b"),
            ("a||b", "a || b"), ("not a in (1,2,)", "NOT a IN (1, 2, )"), ("`x y`", "x y"), ("`x y`.b", "`x y`.b"),
            ("f( a=1,b=[ 1,2 ] )", "f(a=1, b=[1, 2])"), ("f(a=1)(b=2)", "f(a=1, b=2)"), ("x[ : ]", "x[:]"),
            ("{ explain explain select * from s limit 0x2 }", "{ EXPLAIN SELECT * FROM s LIMIT 2 }"),
            ("-f(x=true).y[0 1]", "-f(x=TRUE).y[1]"), ("'a\\x41'", "'a\\x41'"), ("1e999", "1e999"),
        ]
    )
    func canonicalNames(source: String, name: String) throws {
        let select = try #require(try Program(parsing: "SELECT \(source) FROM scope()").selects.first)
        #expect(select.columns.map(\.name) == [name])
    }

    @Test("Aliases lose their backticks and undergo Go's unquoting")
    func aliases() throws {
        let select = try #require(
            try Program(parsing: #"SELECT 1 AS `a\nb`, 2 AS `\x41\u00e9\101`, 3 AS `a\q b`, 4 AS `a\\b` FROM s"#)
                .selects.first
        )
        #expect(select.columns.map(\.name) == ["a\nb", "AéA", #"\q b"#, #"a\b"#])
    }

    @Test("A whole request prints one statement per line")
    func statements() throws {
        let text =
            "let f(a,b = [1])=a  LET `g h` <= select *,\n1 x. y , from s where a,b group by c order by d desc limit 010"
        #expect(throws: VQLSyntaxError.self) { try Program(parsing: text) }
        let program = try Program(
            parsing:
                "let f(a,b = [1])=a  LET `g h` <= select *,\n1 as x from s where a,b group by c order by d desc limit 010"
        )
        #expect(
            program.description == """
                LET f(a, b=[1]) = a
                LET `g h` <= SELECT *, 1 AS x FROM s WHERE a, b GROUP BY c ORDER BY d DESC LIMIT 010
                """
        )
    }
}
