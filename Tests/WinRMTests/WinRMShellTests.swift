// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import WinRMTestbed

@testable import WinRM

@Suite("Commands by WinRM")
struct WinRMShellTests {
    @Test("tell what they say on both streams, and how they end")
    func streams() async throws {
        try await WinRMBench.with { bench in
            let result = try await bench.run("echo 'a < b & \"c\" ü'; echo trouble >&2; exit 7")
            #expect(result.output == "a < b & \"c\" ü\n")
            #expect(result.errors == "trouble\n")
            #expect(result.status == 7 && !result.isSuccess)
            #expect(try bench.endpoint.count("delete") == 1, "the shell is closed")
            #expect(try bench.endpoint.count("signal") == 1, "the command is forgotten there")
        }
    }

    @Test("take input of many questions' length, and give as much back", arguments: [0, 1, 99_999, 100_000, 765_432])
    func input(count: Int) async throws {
        try await WinRMBench.with { bench in
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            let result = try await bench.run("base64 -w 0", input: bytes)
            #expect(result.isSuccess)
            #expect(Data(base64Encoded: result.output) == Data(bytes))
            #expect(try bench.endpoint.count("send") == max(1, (count + 99_999) / 100_000))
            #expect(try bench.endpoint.count("login") == 1, "a connection is logged in once")
        }
    }

    @Test("that say more than anybody would read are an error, not an answer that is cut")
    func tooMuch() async throws {
        try await WinRMBench.with { bench in
            let error = await bench.failure { _ = try await bench.run("head -c 2000000 /dev/zero") }
            #expect(error?.code == .resourceExhausted)
            let ended = try bench.endpoint.count("signal")
            #expect(ended == 1)
        }
    }

    @Test("that do not read any more are told of by how they end")
    func deaf() async throws {
        try await WinRMBench.with { bench in
            let result = try await bench.run(
                "exec 0<&-; echo no >&2; exit 3",
                input: [UInt8](repeating: 65, count: 3_000_000)
            )
            #expect(result.status == 3)
            #expect(result.errors == "no\n")
            #expect(try bench.endpoint.count("send") < 30)
        }
    }

    @Test("are waited for longer than the server waits for an answer")
    func patience() async throws {
        try await WinRMBench.with(patience: 0.2) { bench in
            let gate = bench.endpoint.folder.appending(path: "gate").path
            let task = Task { try await bench.run("while [ ! -e '\(gate)' ]; do sleep 0.05; done; echo late") }
            // The server says twice that nothing has happened.
            while try bench.endpoint.count("fault") < 2 { try await Task.sleep(for: .milliseconds(10)) }
            try Data().write(to: URL(filePath: gate))
            #expect(try await task.value.output == "late\n")
        }
    }

    @Test("that nobody waits for any more are ended there")
    func cancelled() async throws {
        try await WinRMBench.with { bench in
            let mark = bench.endpoint.folder.appending(path: "begun").path
            let task = Task { try await bench.run("echo $$ > '\(mark)'; sleep 600") }
            while try bench.endpoint.count("receive") == 0 || !FileManager.default.fileExists(atPath: mark) {
                try await Task.sleep(for: .milliseconds(10))
            }
            task.cancel()
            let error = await bench.failure { _ = try await task.value }
            #expect(error?.code == .cancelled)
            #expect(try bench.endpoint.count("signal") == 1)
            #expect(try bench.endpoint.count("delete") == 1)
            let process = try String(contentsOfFile: mark, encoding: .utf8).trimmingCharacters(
                in: .whitespacesAndNewlines
            )
            let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            #expect(stat.isEmpty || stat.contains(") Z"), "\(stat)")
        }
    }

    @Test("in a shell that is gone are an error with the machine's own words")
    func noShell() async throws {
        try await WinRMBench.with { bench in
            let error = await bench.failure {
                try await WinRMShell.with(try bench.connection()) { shell throws(MegaraptorError) in
                    _ = try await shell.ask(.delete, "")
                    _ = try await shell.run("echo never")
                }
            }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message == "127.0.0.1 refuses by WinRM: The shell was not found on the server.")
            #expect(error?.details["wsman_code"] == "2150858843")
        }
    }
}
