// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Testing

@Suite("Commands", .timeLimit(.minutes(2)))
struct CommandTests {
    @Test("exit statuses, signals and both outputs come back apart")
    func endings() async throws {
        try await SSHTestServer.reached { connection, _ in
            for status: Int32 in [0, 1, 77, 255] {
                let result = try await connection.run(SSHCommand(line: "echo out; echo err >&2; exit \(status)"))
                #expect(result.ending == .exited(status))
                #expect(result.output.text == "out\n")
                #expect(result.errors.text == "err\n")
            }
            let killed = try await connection.run(SSHCommand(line: "kill -9 $$"))
            #expect(killed.ending == .signalled("KILL"))
            #expect(!killed.isSuccess)
        }
    }

    @Test("what the login shell says before the command is not the command's")
    func noisyShell() async throws {
        try await SSHTestServer.reached { connection, server in
            try Data("echo noise >&2\n".utf8).write(to: server.folder.appending(path: ".bashrc"))
            let result = try await connection.run(SSHCommand(line: "echo err >&2"))
            #expect(result.errors.text == "err\n")
        }
    }

    @Test("five megabytes go through standard input and come back whole")
    func input() async throws {
        try await SSHTestServer.reached { connection, _ in
            let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let result = try await connection.run(SSHCommand(line: "cat", input: bytes, outputLimit: 8 << 20))
            #expect(result.output.bytes == bytes)
        }
    }

    @Test("a command that does not read its input ends all the same")
    func unreadInput() async throws {
        try await SSHTestServer.reached { connection, _ in
            let bytes = [UInt8](repeating: 65, count: 8_000_000)
            let result = try await connection.run(SSHCommand(line: "exec <&-; exit 3", input: bytes))
            #expect(result.ending == .exited(3))
        }
    }

    @Test("output beyond the limit is counted, not kept")
    func largeOutput() async throws {
        try await SSHTestServer.reached { connection, _ in
            let line = "head -c 20000000 /dev/zero; head -c 3000 /dev/zero >&2"
            let result = try await connection.run(SSHCommand(line: line, outputLimit: 1000))
            #expect(result.output.bytes.count == 1000)
            #expect(result.output.droppedBytes == 19_999_000)
            #expect(result.errors.droppedBytes == 2000)
            #expect(result.isSuccess)
        }
    }

    @Test("words reach the program as they are")
    func quoting() async throws {
        try await SSHTestServer.reached { connection, _ in
            let words = ["it's", "$(touch /x) `id`", "a \"b\" \\ *", "", "größer", "-n", "!x"]
            let result = try await connection.run(try SSHCommand(["printf", "[%s]"] + words))
            #expect(result.output.text == words.map { "[\($0)]" }.joined())
        }
        #expect(throws: MegaraptorError.self) { try ShellWord.quoted("a\nb") }
        #expect(throws: MegaraptorError.self) { try ShellWord.quoted("a\0b") }
    }

    @Test("a cancelled command ends here and there, and the connection goes on")
    func cancelled() async throws {
        try await SSHTestServer.reached { connection, server in
            let mark = server.folder.appending(path: "pid").path
            let running = Task {
                try await connection.run(
                    SSHCommand(line: "echo $$ > \(mark).new; mv \(mark).new \(mark); exec sleep 600")
                )
            }
            await eventually { FileManager.default.fileExists(atPath: mark) }
            let text = try String(contentsOfFile: mark, encoding: .utf8)
            let id = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            running.cancel()
            let error = await #expect(throws: MegaraptorError.self) { try await running.value }
            #expect(error?.code == .cancelled)
            #expect(try await connection.run(SSHCommand(line: "echo still")).output.text == "still\n")
            await eventually { kill(id, 0) != 0 }
        }
    }

    @Test("a call that waits for its turn can be cancelled")
    func cancelledInTheQueue() async throws {
        try await SSHTestServer.reached { connection, server in
            let mark = server.folder.appending(path: "began").path
            let first = Task { try await connection.run(SSHCommand(line: "touch \(mark); exec sleep 600")) }
            await eventually { FileManager.default.fileExists(atPath: mark) }
            let second = Task { try await connection.run(SSHCommand(line: "true")) }
            second.cancel()
            let error = await #expect(throws: MegaraptorError.self) { try await second.value }
            #expect(error?.code == .cancelled)
            first.cancel()
            _ = await first.result
        }
    }

    @Test("a command that lasts too long is told to end")
    func timeLimit() async throws {
        try await SSHTestServer.reached { connection, _ in
            let error = await #expect(throws: MegaraptorError.self) {
                try await connection.run(SSHCommand(line: "sleep 600", timeLimit: .milliseconds(50)))
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test("a connection that is cut under a command is told as lost, and stays so")
    func cut() async throws {
        try await SSHTestServer.reached { connection, server in
            let mark = server.folder.appending(path: "began").path
            let running = Task { try await connection.run(SSHCommand(line: "touch \(mark); sleep 600")) }
            await eventually { FileManager.default.fileExists(atPath: mark) }
            for session in server.sessions { kill(session, SIGKILL) }
            let error = await #expect(throws: MegaraptorError.self) { try await running.value }
            #expect(error?.code == .unavailable)
            #expect(error?.retryable == false)
            let next = await #expect(throws: MegaraptorError.self) {
                try await connection.run(SSHCommand(line: "true"))
            }
            #expect(next?.code == .unavailable)
        }
    }
}
