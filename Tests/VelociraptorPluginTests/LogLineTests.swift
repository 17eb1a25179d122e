// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@testable import VelociraptorPlugin

@Suite("Log lines")
struct LogLineTests {
    @Test("every line that a server logged for a failure is one, and no line of noise is")
    func recordedCases() throws {
        for testCase in try Recorded.vqlCases() {
            for line in testCase["log"]?.arrayValue ?? [] {
                let text = try #require(line.stringValue)
                // Warnings are recorded among the failures.
                #expect([.failure, .warning].contains(LogLine(text).kind), "\(text)")
            }
            for line in testCase["noise"]?.arrayValue ?? [] {
                let text = try #require(line.stringValue)
                #expect(LogLine(text).kind != .failure, "\(text)")
            }
        }
    }

    @Test(
        "levels and the server's own messages are told apart",
        arguments: [
            ("Starting query execution.\n", LogLine.Kind.noise),
            ("Time 0: : Sending response part 0 2 B (0 rows).\n", .noise),
            ("Time 12: second: Sending response part 3 23 MB (100000 rows).\n", .noise),
            ("DEBUG:Query Stats: {\"RowsScanned\":2}\n", .noise),
            ("DEFAULT:hello\n", .note),
            ("ALERT:{\"name\":\"x\"}\n", .note),
            ("WARN:LET expression is masking a built in function len\n", .warning),
            ("ERROR:Symbol x not found. Current Scope is [NULL]\n", .failure),
            ("clients: Invalid search operator os\n", .failure),
            ("Time is running: Sending\n", .failure),
            ("\n", .noise),
        ]
    )
    func kinds(line: String, kind: LogLine.Kind) {
        #expect(LogLine(line).kind == kind)
        #expect(!LogLine(line).text.hasSuffix("\n"))
    }
}

@Suite("Failures in a query's log")
struct QueryFaultTests {
    @Test(
        "each kind of failure has its code",
        arguments: [
            ("info: PermissionDenied: Permission denied: [MACHINE_STATE]", MegaraptorError.Code.permissionDenied),
            (
                "collect_client: PermissionDenied: User x is not allowed to launch flows COLLECT_CLIENT.",
                .permissionDenied
            ),
            ("collect: <red>Timeout Error:</> Collection timed out after 2.000980597s", .deadlineExceeded),
            ("flows: unable to get client C.1: Client ID C.1 not known in this org: NotFoundError", .notFound),
            ("hunt_results: Hunt not found", .notFound),
            ("collect_client: Unknown artifact No.Such.Artifact", .notFound),
            ("Artifact Nosuch.Thing not found", .notFound),
            ("query: Org not found", .notFound),
            ("clients: Unexpected arg count", .invalidArgument),
            ("Unknown parameter p provided to artifact A.B", .invalidArgument),
            ("source: source: One of artifact, flow_id, hunt_id, notebook_id should be specified.", .invalidArgument),
            ("hunt: OS condition invalid macos (should be linux, windows, darwin)", .invalidArgument),
            ("monitoring: Field client_id is required", .invalidArgument),
            ("range: Field end should be an int not string.", .invalidArgument),
            ("clients: Invalid search operator os", .invalidArgument),
            ("Compile regexp: error parsing regexp: missing closing ): `(?i)(`", .invalidArgument),
            ("Order by column nosuch not present in row", .invalidArgument),
            ("ERROR:Symbol nosuch not found. Current Scope is [NULL], [x]", .invalidArgument),
            ("js: ReferenceError: 'vql' is not defined", .failedPrecondition),
        ]
    )
    func codes(line: String, code: MegaraptorError.Code) {
        let error = QueryFault.error(from: line)
        #expect(error.code == code)
        #expect(!error.hint.isEmpty)
    }

    @Test("a syntax error tells line, column and the text around it")
    func syntax() {
        let error = QueryFault.error(
            from: "VQL Error: CT * FORM |info(: 1:15: unexpected token \"info\" (expected <from>)."
        )
        #expect(error.code == .invalidArgument)
        #expect(error.message == "VQL syntax error at line 1, column 15: unexpected token \"info\" (expected <from>).")
        #expect(error.details["line"] == 1)
        #expect(error.details["column"] == 15)
        #expect(error.details["near"] == "CT * FORM |info(")
    }

    @Test("colons in the text around a syntax error do not hide its position")
    func syntaxWithColons() {
        let error = QueryFault.error(from: "VQL Error: a: b: 7 |c: 3:9: lexer: invalid input text \"; SELECT\".")
        #expect(error.details["line"] == 3)
        #expect(error.details["column"] == 9)
    }

    @Test("an unknown plugin, which the server reports twice, is one error with the server's advice")
    func unknownPlugin() throws {
        let lines = [
            "ERROR:Plugin client_info not found. Current Scope is [NULL], [_SessionId]",
            "ERROR:Plugin client_info not found. Did you mean clients info?",
        ]
        let errors = QueryFault.errors(from: lines.map(LogLine.init))
        let error = try #require(errors.first)
        #expect(errors.count == 1)
        #expect(error.message == "Plugin client_info not found.")
        #expect(error.hint.hasSuffix("Did you mean clients info?"))
    }

    @Test("a permission's hint names the role that brings it")
    func roles() {
        func hint(_ permission: String) -> String {
            QueryFault.error(from: "x: PermissionDenied: Permission denied: [\(permission)]").hint
        }
        #expect(hint("READ_RESULTS").contains("role `api`"))
        #expect(hint("COLLECT_CLIENT").contains("role `investigator`"))
        #expect(hint("EXECVE").contains("lacks EXECVE") && hint("EXECVE").contains("role `administrator`"))
    }

    @Test("control and directional characters of a log line are shown, not obeyed")
    func escaped() {
        let error = QueryFault.error(from: "x: Unexpected arg \u{1B}[2J\u{202E}abc")
        #expect(error.message == "x: Unexpected arg \\u001b[2J\\u202eabc")
    }
}
