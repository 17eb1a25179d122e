// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQL
import VQLEvaluator

@Suite("Permissions")
struct PermissionTests {
    @Test(
        "A refused function is NULL, a refused plugin gives no rows, and the log names the right",
        arguments: [
            ("SELECT 1 AS A FROM execve(argv='id')", 0, "execve: PermissionDenied: Permission denied: [EXECVE]"),
            ("SELECT * FROM info()", 0, "info: PermissionDenied: Permission denied: [MACHINE_STATE]"),
            (
                "SELECT getpid() AS A FROM scope()", 1,
                "getpid: PermissionDenied: Permission denied: [MACHINE_STATE]"
            ),
            (
                "SELECT * FROM glob(globs='/*')", 0,
                "glob: Accessor auto: PermissionDenied: Permission denied: [FILESYSTEM_READ]"
            ),
        ]
    )
    func refusal(vql: String, rows: Int, line: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: vql)
        #expect(outcome.rows.count == rows)
        #expect(outcome.lines == [line])
        #expect(outcome.rows.allSatisfy { $0["A"]?.isNull == true })
    }

    @Test("A right that is held is enough, and what is not simulated says so instead of pretending")
    func heldRight() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "SELECT * FROM info()",
            permissions: [.anyQuery, .machineState]
        )
        #expect(outcome.rows.isEmpty)
        #expect(outcome.lines == ["ERROR:lab: info is not simulated"])
    }

    @Test("Who hides $acl loses every right")
    func hiddenAccessControl() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "LET `$acl` = 5 SELECT whoami() AS A FROM scope() SELECT * FROM info()",
            permissions: [.anyQuery, .machineState]
        )
        #expect(outcome.rows == [["A": ""]])
        #expect(outcome.lines == ["info: PermissionDenied: Permission denied: [MACHINE_STATE]"])
    }

    @Test("An artifact is called only by who may collect from clients, and only with its parameters")
    func artifacts() async throws {
        let refused = try await QueryEngine.underTest.outcome(of: "SELECT * FROM Artifact.Linux.Sys.Pslist()")
        #expect(refused.lines.first?.contains("PermissionDenied: User onlyapi is not allowed to launch flows") == true)
        let rights: Set<Permission> = [.anyQuery, .collectClient]
        let run = try await QueryEngine.underTest.outcome(
            of: "SELECT * FROM Artifact.Linux.Sys.Pslist()",
            permissions: rights
        )
        #expect(run.rows == [["Artifact": "Linux.Sys.Pslist"]])
        let wrong = try await QueryEngine.underTest.outcome(
            of: "SELECT * FROM Artifact.Linux.Sys.Pslist(nosuch=1)",
            permissions: rights
        )
        #expect(wrong.lines == ["Unknown parameter nosuch provided to artifact Linux.Sys.Pslist"])
    }
}
