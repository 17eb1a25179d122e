// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Synchronization
import Testing

@testable import PluginHost

@Suite("Only so many calls of a plugin run at once")
struct CallGateTests {
    /// Notes which calls were started, in order.
    private final class Starts: Sendable {
        private let started = Mutex<[Int]>([])
        private let news: AsyncStream<Void>
        private let announcement: AsyncStream<Void>.Continuation

        init() {
            (news, announcement) = AsyncStream.makeStream()
        }

        func add(_ call: Int) {
            started.withLock { $0.append(call) }
            announcement.yield()
        }

        var calls: [Int] { started.withLock { $0 } }

        func wait(for count: Int) async {
            for await _ in news where calls.count >= count { return }
        }
    }

    @Test("Further calls start in the order in which they came, one for each that leaves")
    func order() async {
        let gate = CallGate(limit: 2)
        let starts = Starts()
        for call in 0..<6 {
            gate.enter("a") {
                starts.add(call)
                return true
            }
        }
        #expect(starts.calls == [0, 1])
        for left in 1...4 {
            gate.leave("a")
            await starts.wait(for: 2 + left)
            #expect(starts.calls == Array(0..<(2 + left)))
        }
    }

    @Test("A call that nobody waits for any more gives its turn to the next")
    func givenUp() async {
        let gate = CallGate(limit: 1)
        let starts = Starts()
        for call in 0..<4 {
            gate.enter("a") {
                guard call == 0 || call == 3 else { return false }
                starts.add(call)
                return true
            }
        }
        gate.leave("a")
        await starts.wait(for: 2)
        #expect(starts.calls == [0, 3])
    }

    @Test("One plugin's calls do not wait for another's")
    func apart() {
        let gate = CallGate(limit: 1)
        let starts = Starts()
        for (call, plugin) in ["a", "b", "a"].enumerated() {
            gate.enter(plugin) {
                starts.add(call)
                return true
            }
        }
        #expect(starts.calls == [0, 1])
    }

    // MARK: - In the host

    private static func begun(_ test: HostUnderTest) -> Int { test.log.lines.count { $0.contains("begun") } }

    private static func waitForBegun(_ count: Int, _ test: HostUnderTest) async throws {
        while begun(test) < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test("A waiting call can be cancelled, its deadline counts, and a call that is given up makes room")
    func waiting() async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("HANG")], concurrentCalls: 1)
        let first = Task { try await test.call("tools/call", timeout: nil) }
        try await Self.waitForBegun(1, test)
        let late = await #expect(throws: MegaraptorError.self) {
            try await test.call("tools/call", timeout: .milliseconds(100))
        }
        #expect(late?.code == .deadlineExceeded)
        let second = Task { try await test.call("tools/call", timeout: nil) }
        second.cancel()
        let cancelled = await #expect(throws: MegaraptorError.self) { try await second.value }
        #expect(cancelled?.code == .cancelled)
        #expect(Self.begun(test) == 1)
        let third = Task { try await test.call("tools/call", timeout: nil) }
        first.cancel()
        try await Self.waitForBegun(2, test)
        third.cancel()
        for task in [first, third] { _ = await task.result }
        #expect(Self.begun(test) == 2)
    }

    @Test("At the end of service waiting calls fail, and none of them reaches its plugin")
    func shutdown() async throws {
        let plugins = try FixturePlugins()
        let test = HostUnderTest([try plugins.bad("HANG")], concurrentCalls: 1)
        let first = Task { try await test.call("tools/call", timeout: nil) }
        try await Self.waitForBegun(1, test)
        let waiting = Task { try await test.call("tools/call", timeout: .seconds(20)) }
        test.host.shutdown(within: 10)
        for task in [first, waiting] {
            let error = await #expect(throws: MegaraptorError.self) { try await task.value }
            #expect(error?.code == .unavailable)
        }
        #expect(Self.begun(test) == 1)
    }
}
