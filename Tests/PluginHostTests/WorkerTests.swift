// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginManifest
import Testing

@testable import PluginHost

@Suite("A plugin in a process of its own costs its own calls whatever it does, and the next call works")
struct WorkerTests {
    private let plugins: FixturePlugins
    private let test: HostUnderTest

    private static let id = "org.megaraptor.fixture.misdeeds"

    init() throws {
        plugins = try FixturePlugins()
        test = HostUnderTest([try plugins.misdeeds()], lane: .process, state: plugins.folder) { workers in
            workers.limits.memoryMebibytes = 256
            workers.limits.cpuSeconds = 1
            workers.patience = .milliseconds(500)
        }
    }

    private func call(_ deed: String, timeout: Duration? = .seconds(20)) async throws -> String {
        try await test.call("tools/call", ["do": .string(deed)], plugin: Self.id, timeout: timeout)
    }

    /// The worker's process as the host tells.
    private var worker: Int32 {
        get throws { try #require(test.host.status(of: Self.id)?.pid) }
    }

    @Test(
        "Its calls fail at once with the reason",
        arguments: [
            ("crash", "was killed by SIGSEGV (signal 11)"), ("abort", "was killed by SIGABRT (signal 6)"),
            ("exit", "left by itself with status 0"), ("overflow", "was killed by SIGSEGV (signal 11)"),
            ("allocate", "ran out of its memory limit of 256 MiB"), ("spin", "ran out of its 1 seconds of processor"),
            ("close", "closed its connection"), ("garbage", "sent a message of"),
        ]
    )
    func misdeed(deed: String, words: String) async throws {
        let error = await #expect(throws: MegaraptorError.self) { try await call(deed) }
        #expect(error?.code == .unavailable && error?.retryable == false)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        #expect(error?.hint.contains("may have happened") == true)
        #expect(try await call("nothing") == #"{"content":[]}"#)
        let status = try #require(test.host.status(of: Self.id))
        #expect(status.starts == 2 && status.words.contains("started 2 times; the last one \(status.lastEnd ?? "?")"))
        #expect(test.log.lines.contains { $0.contains("its worker") && $0.contains(words) })
    }

    @Test("64 calls fail at once when its process is killed, each with the reason", arguments: [SIGSEGV, SIGKILL])
    func killed(signal: Int32) async throws {
        _ = try await call("nothing")
        let worker = try worker
        let errors = await withTaskGroup(of: MegaraptorError?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    await #expect(throws: MegaraptorError.self) { try await call("silence") }
                }
            }
            while test.log.lines.count(where: { $0.hasSuffix(": silent") }) < 64 { await Task.yield() }
            kill(worker, signal)
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.count == 64)
        #expect(errors.allSatisfy { $0?.message.contains("(signal \(signal))") == true })
        #expect(try await call("nothing") == #"{"content":[]}"#)
    }

    @Test("64 calls fail when one of them uses up the memory")
    func memory() async throws {
        _ = try await call("nothing")
        let errors = await withTaskGroup(of: MegaraptorError?.self) { group in
            for number in 0..<64 {
                let deed = number == 63 ? "allocate" : "silence"
                group.addTask { await #expect(throws: MegaraptorError.self) { try await call(deed) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.count { $0?.message.contains("memory limit of 256 MiB") == true } == 64)
        #expect(try await call("nothing") == #"{"content":[]}"#)
    }

    @Test("What it said before it died arrives")
    func lastWords() async throws {
        #expect(try await call("last words") == #"{"content":[]}"#)
        // A call that reaches a process just as it ends fails like any other that was under way.
        while test.host.status(of: "org.megaraptor.fixture.misdeeds")?.isOpen == true {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await call("nothing") == #"{"content":[]}"#)
    }

    @Test("A plugin that keeps the thread on which messages arrive is killed once a cancelled call is not noticed")
    func blocked() async throws {
        let errors = await withTaskGroup(of: MegaraptorError?.self) { group in
            for (deed, timeout) in [("block", Duration.milliseconds(100)), ("silence", .seconds(20))] {
                group.addTask {
                    await #expect(throws: MegaraptorError.self) { try await call(deed, timeout: timeout) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.first??.code == .deadlineExceeded)
        #expect(errors.last??.message.contains("took no messages for too long") == true)
        #expect(try await call("nothing") == #"{"content":[]}"#)
    }

    @Test("A process that a plugin leaves behind goes with its worker, and does not hide its end")
    func child() async throws {
        let answer = try JSONValue(json: try await call("child"))
        let child = try #require(answer["child"]?.integerValue)
        let error = await #expect(throws: MegaraptorError.self) { try await call("crash") }
        #expect(error?.message.contains("SIGSEGV") == true)
        await eventually { kill(pid_t(child), 0) != 0 || Self.isZombie(child) }
    }

    private static func isZombie(_ pid: Int64) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ") Z"
        return text.contains(") Z")
    }

    @Test("A plugin that goes on failing is started again after growing pauses, and the caller is told how long")
    func pauses() async throws {
        var error: MegaraptorError?
        // On a slow machine the first pauses may be over before the next call.
        for _ in 0..<6 where error?.retryable != true {
            error = await #expect(throws: MegaraptorError.self) { try await call("crash") }
        }
        let told = try #require(error)
        #expect(told.code == .unavailable && told.retryable, "\(told)")
        #expect(told.message.contains("SIGSEGV") && told.message.contains("time in a row"))
        let words = told.hint.split(separator: " ")
        let seconds = try #require(words.firstIndex(of: "in").flatMap { Double(words[$0 + 1]) })
        try await Task.sleep(for: .seconds(seconds))
        #expect(try await call("nothing") == #"{"content":[]}"#)
    }

    @Test("It sees what its manifest names of the environment, three descriptors and its socket, and no more")
    func surroundings() async throws {
        var manifest = try plugins.misdeeds()
        manifest.permissions.environment = ["SHOWN", "ALSO_*"]
        let secret = open("/etc/passwd", O_RDONLY)
        defer { close(secret) }
        let test = HostUnderTest([manifest], lane: .process, state: plugins.folder) { workers in
            workers.environment = [
                "PATH": "/bin", "SHOWN": "1", "ALSO_THIS": "2", "LC_ALL": "C", "SECRET": "x", "SHOWN_NOT": "x",
            ]
        }
        let answer = try await test.call("tools/call", ["do": "show"], plugin: Self.id)
        let seen = try JSONValue(json: answer)
        let expected: JSONValue = ["ALSO_THIS=2", "LC_ALL=C", "PATH=/bin", "SHOWN=1", "SWIFT_BACKTRACE=enable=no"]
        #expect(seen["environment"] == expected)
        let descriptors = seen["descriptors"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(descriptors.contains("0 /dev/null"))
        #expect(descriptors.count { $0.contains("socket:") } == 1)
        #expect(!descriptors.contains { $0.contains("/etc/passwd") })
        // Beyond the socket only what the worker's own runtime has opened.
        let further = descriptors.filter { Int($0.prefix { $0 != " " }) ?? 0 > 3 }
        #expect(further.allSatisfy { $0.contains("anon_inode:") }, "\(further)")
        #expect(seen["core"] == 0 && seen["leads"] == true)
    }

    @Test("At the end a plugin that does not leave is made to")
    func shutdown() async throws {
        let test = HostUnderTest([try plugins.misdeeds(opening: "STAYS")], lane: .process, state: plugins.folder)
        _ = try await test.call("tools/call", plugin: Self.id)
        let worker = try #require(test.host.status(of: Self.id)?.pid)
        test.host.shutdown(within: 50)
        #expect(kill(worker, 0) != 0)
        let error = await #expect(throws: MegaraptorError.self) { try await test.call("tools/call", plugin: Self.id) }
        #expect(error?.message.contains("shutting down") == true)
    }
}
