// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Testing

@Suite("Logging in by a password", .timeLimit(.minutes(2)))
struct PasswordTests {
    @Test("the right one opens a connection that works, by either method", arguments: methods)
    func right(methods: [String]) async throws {
        try await SSHPasswordServer.with(methods) { server in
            let connection = try await SSHConnection.open(server.destination(SSHPasswordServer.password))
            defer { connection.close() }
            let result = try await connection.run(SSHCommand(line: "cat; exit 3", input: Array("sent".utf8)))
            #expect(result.output.text == "sent" && result.ending == .exited(3))
            #expect(Set(server.tried()).count == 1 && server.tried().first == methods.first)
        }
    }

    @Test("a wrong one, or another's, is refused and not shown", arguments: methods)
    func wrong(methods: [String]) async throws {
        try await SSHPasswordServer.with(methods) { server in
            for (user, password) in [("ada", "open barley"), ("bob", SSHPasswordServer.password)] {
                let error = await #expect(throws: MegaraptorError.self) {
                    try await SSHConnection.open(server.destination(password, user: user))
                }
                #expect(error?.code == .unauthenticated)
                #expect(error?.message.contains("password (refused)") == true, "\(error?.message ?? "")")
                #expect(error?.message.contains(password) == false)
            }
            #expect(server.tried().count >= 2)
        }
    }

    @Test("a server that asks for more than a password gets no answer")
    func more() async throws {
        try await SSHPasswordServer.with(["keyboard-interactive"], questions: ["Password: ", "Code: "]) { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(SSHPasswordServer.password))
            }
            #expect(error?.code == .unauthenticated)
            #expect(error?.message.contains("the server asks for more than a password") == true)
            #expect(server.tried() == [])
        }
    }

    private static let methods = [["password"], ["keyboard-interactive"], ["password", "keyboard-interactive"]]
}

extension SSHPasswordServer {
    fileprivate func destination(_ password: String, user: String = SSHPasswordServer.user) -> SSHDestination {
        SSHDestination(
            host: "127.0.0.1",
            port: port,
            user: user,
            hostKeys: SSHHostKeyPolicy(knownHostsFile: knownHosts, fingerprint: nil),
            logins: [.password(password)]
        )
    }
}
