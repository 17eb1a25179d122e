// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQL
import VQLChecks

@testable import VelociraptorPlugin

@Suite("Checking VQL without running it")
struct VQLCheckTests {
    @Test(
        "errors are found with what was meant",
        arguments: [
            ("SELECT * FROM clientz()", "There is no plugin clientz.", "clients"),
            ("SELECT nows() FROM scope()", "There is no function nows.", "now"),
            (
                "SELECT * FROM collect_client(client_id='x', artifacts='y')", "There is no plugin collect_client.",
                "function"
            ),
            ("SELECT clients() FROM scope()", "There is no function clients.", "plugin"),
            ("SELECT * FROM clients(serch='x')", "clients() has no argument serch.", "Did you mean search?"),
            ("SELECT * FROM flows(client_id='a', client_id='b')", "flows() has the argument client_id twice.", "once"),
            ("SELECT client_info() FROM scope()", "client_info() needs the argument client_id.", "required"),
            ("SELECT * FROM clients", "FROM clients needs parentheses.", "clients()"),
            ("SELECT * FROM scope() WHERE 1 <> 2", "<> is always FALSE.", "!="),
        ]
    )
    func errors(query: String, message: String, hint: String) throws {
        let check = VQLCheck(query)
        #expect(!check.isValid)
        let finding = try #require(check.findings.first { $0.severity == .error })
        #expect(finding.message == message)
        #expect(finding.hint.contains(hint), "\(finding.hint)")
        #expect(finding.position != nil)
    }

    @Test(
        "traps are warned of",
        arguments: [
            ("SELECT * FROM clients() LIMIT 0", "LIMIT 0 gives one row."),
            ("SELECT TRUE AND FALSE OR TRUE FROM scope()", "OR binds tighter than AND"),
            ("SELECT 5 < 3 < 10 FROM scope()", "Of a chain of comparisons"),
            ("SELECT dict(a=[1]) FROM scope()", "A list of one element"),
            ("SELECT * FROM artifact_definitions() WHERE type = 'CLIENT'", "Artifact types are lower case"),
            ("SELECT * FROM clients() WHERE os_inf = 'x'", "WHERE and GROUP BY use `os_inf`."),
        ]
    )
    func warnings(query: String, message: String) {
        let check = VQLCheck(query)
        #expect(check.isValid)
        #expect(
            check.findings.contains { $0.severity == .warning && $0.message.hasPrefix(message) },
            "\(check.findings)"
        )
    }

    @Test(
        "what is right is not complained of",
        arguments: [
            "SELECT now() FROM scope()", "LET f(x) = x + 1 SELECT f(x=2) FROM scope()",
            "LET q = SELECT 1 AS A FROM scope() SELECT * FROM q", "SELECT * FROM clients() WHERE Host",
            "SELECT (TRUE AND FALSE) OR TRUE FROM scope()", "SELECT * FROM artifact_definitions(names=['x'])",
            "SELECT * FROM clients(`**`=dict(search='x'))", "SELECT * FROM Artifact.Linux.Sys.Users()",
        ]
    )
    func right(query: String) {
        #expect(VQLCheck(query, environment: ["Host"]).findings == [])
    }

    @Test(
        "a syntax error has its place, a caret and advice",
        arguments: [
            ("SELECT * FROM clients();", "semicolons"), ("SELECT * FROM clients() WHERE a == 1", "single ="),
            ("SELECT 5-3 FROM scope()", "blank"), ("SELECT * FROM clients() WHERE a LIKE 'x'", "no LIKE"),
            ("SELECT FRM", "syntax has the rules"),
        ]
    )
    func syntax(query: String, advice: String) throws {
        let told = try Told(VQLReport(VQLCheck(query)).toolResult(ResultBudget(cap: 1 << 20)))
        #expect(told.structure["valid"] == false)
        let finding = try #require(told.rows("findings").first)
        #expect(finding["hint"]?.stringValue?.contains(advice) == true, "\(finding)")
        #expect(finding["line"] == 1)
        #expect(finding["excerpt"]?.stringValue?.hasSuffix("^") == true)
        #expect(told.structure["effect"] == .null)
    }

    @Test(
        "the effect of a query and its permissions are told",
        arguments: [
            ("SELECT * FROM clients()", "reads_investigation", "READ_RESULTS"),
            ("SELECT * FROM glob(globs='/etc/*')", "reads_server", "FILESYSTEM_READ"),
            ("SELECT label(client_id='C.1', labels='x', op='set') FROM scope()", "changes", "LABEL_CLIENT"),
        ]
    )
    func effect(query: String, effect: String, permission: String) throws {
        let told = try Told(VQLReport(VQLCheck(query)).toolResult(ResultBudget(cap: 1 << 20)))
        #expect(told.structure["valid"] == true)
        #expect(told.structure["effect"] == .string(effect))
        #expect(told.structure["permissions"]?.arrayValue?.contains { $0["permission"] == .string(permission) } == true)
    }

    @Test("more findings than fit are counted, and the errors come first")
    func budget() throws {
        let columns = (0..<200).map { "nosuch\($0)(), TRUE AND FALSE OR TRUE" }.joined(separator: ", ")
        let check = VQLCheck("SELECT \(columns) FROM scope()")
        let told = try Told(VQLReport(check).toolResult(ResultBudget(asked: 4096, cap: 4096)))
        let shown = told.rows("findings")
        #expect(told.text.utf8.count <= 4096)
        #expect(shown.allSatisfy { $0["severity"] == "error" } && !shown.isEmpty)
        #expect(told.structure["findings_left_out"] == JSONValue(check.findings.count - shown.count))
    }

    @Test("a caret stands under the character, also in long lines and behind unseen characters")
    func caret() {
        #expect(VQLCaret.render("SELECT\n a b\n", line: 2, column: 4) == " a b\n   ^")
        #expect(VQLCaret.render("\ta", line: 1, column: 2) == " a\n ^")
        #expect(VQLCaret.render("é\u{202E}x", line: 1, column: 3) == "é\\u202ex\n       ^")
        #expect(VQLCaret.render("ab", line: 1, column: 3) == "ab\n  ^")
        #expect(VQLCaret.render("ab", line: 1, column: 4) == nil)
        #expect(VQLCaret.render("ab", line: 2, column: 1) == nil)
        let long = VQLCaret.render(String(repeating: "x", count: 500), line: 1, column: 250)
        #expect(long?.hasPrefix("…x") == true)
        #expect(long?.split(separator: "\n").last?.count == 62)
    }
}
