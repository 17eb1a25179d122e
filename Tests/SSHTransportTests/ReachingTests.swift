// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Testing

@Suite("Reaching a machine", .timeLimit(.minutes(2)))
struct ReachingTests {
    private func failure(_ host: String, _ port: UInt16, _ limit: Duration = .seconds(20)) async -> MegaraptorError? {
        let destination = SSHDestination(host: host, port: port, user: "nobody", logins: [], connectTimeout: limit)
        return await #expect(throws: MegaraptorError.self) { try await SSHConnection.open(destination) }
    }

    @Test("a port where nobody listens is told as refused")
    func refused() async throws {
        let error = await failure("127.0.0.1", try SSHTestServer.freePort())
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("refused the connection") == true)
    }

    @Test("a name that does not exist is told as such")
    func unresolved() async throws {
        let error = await failure("no-such-host.invalid", 22)
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("cannot be resolved") == true)
    }

    @Test(
        "what is no host is refused before anything is opened",
        arguments: ["", "a b", "root@host", "-oProxy", "a%d"]
    )
    func notAHost(_ host: String) async throws {
        #expect(await failure(host, 22)?.code == .invalidArgument)
    }

    @Test("a listener that never speaks is told as such when the time is over")
    func silent() async throws {
        let listener = try SilentListener()
        let error = await failure("127.0.0.1", listener.port, .milliseconds(100))
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.message.contains("did not finish key exchange") == true)
    }

    @Test("connecting can be cancelled")
    func cancelled() async throws {
        let listener = try SilentListener()
        let port = listener.port
        let opening = Task {
            try await SSHConnection.open(SSHDestination(host: "127.0.0.1", port: port, user: "nobody", logins: []))
        }
        listener.waitForOne()
        opening.cancel()
        let error = await #expect(throws: MegaraptorError.self) { try await opening.value }
        #expect(error?.code == .cancelled)
    }

    @Test("thirty connections work side by side and leave no descriptor open")
    func many() async throws {
        try await SSHTestServer.with { server in
            let destination = server.destination()
            let before = openSockets(to: server.port)
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<30 {
                    group.addTask {
                        try await SSHConnection.with(destination) { connection throws(MegaraptorError) in
                            let result = try await connection.run(SSHCommand(line: "echo \(number)"))
                            return Int(result.output.text.dropLast()) ?? -1000
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == (0..<30).reduce(0, +))
            await eventually { openSockets(to: server.port) == before }
        }
    }

    /// How many sockets of this process are connected to a port of 127.0.0.1.
    private func openSockets(to port: UInt16) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.count { descriptor in
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isPeer = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) == 0 }
            }
            return isPeer && address.sin_port == port.bigEndian
        }
    }
}
