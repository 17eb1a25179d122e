// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Testing

@Suite("Logging in", .timeLimit(.minutes(2)))
struct LoginTests {
    @Test("a key behind a passphrase opens with it, and not without or with another")
    func passphrase() async throws {
        try await SSHTestServer.with { server in
            try await SSHConnection.open(
                server.destination(logins: [.keyFile(path: server.lockedKey, passphrase: "open sesame")])
            ).close()
            for (wrong, words) in [(nil, "needs a passphrase"), ("wrong", "not opened by the passphrase")] {
                let error = await #expect(throws: MegaraptorError.self) {
                    try await SSHConnection.open(
                        server.destination(logins: [.keyFile(path: server.lockedKey, passphrase: wrong)])
                    )
                }
                #expect(error?.code == .unauthenticated)
                #expect(error?.message.contains(words) == true)
            }
        }
    }

    @Test("what was tried and what the server allows is told")
    func refused() async throws {
        try await SSHTestServer.with { server in
            let logins: [SSHLogin] = [
                .keyFile(path: "/nowhere/key", passphrase: nil), .keyFile(path: server.strangeKey, passphrase: nil),
                .password("hunter2"), .agent(socket: "/nowhere/agent"),
            ]
            let error = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(logins: logins))
            }
            #expect(error?.code == .unauthenticated)
            let message = error?.message ?? ""
            #expect(message.contains("key file /nowhere/key (the file is missing or cannot be read)"))
            #expect(message.contains("key file \(server.strangeKey) (refused)"))
            #expect(message.contains("password (not allowed)"))
            #expect(message.contains("agent ("))
            #expect(message.contains("allows: publickey."))
            #expect(!message.contains("hunter2"))
        }
    }

    @Test("a wrong password is refused where passwords are allowed")
    func password() async throws {
        try await SSHTestServer.with(extra: ["PasswordAuthentication yes"]) { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(logins: [.password("hunter2")]))
            }
            #expect(error?.message.contains("password (refused)") == true)
        }
    }

    @Test("an agent's key is used")
    func agent() async throws {
        try await SSHTestServer.with { server in
            let socket = server.folder.appending(path: "agent").path
            let agent = try SpawnedProgram("/usr/bin/ssh-agent", ["-D", "-a", socket])
            defer { agent.end() }
            await eventually { FileManager.default.fileExists(atPath: socket) }
            try SSHTestServer.output("/usr/bin/env", ["SSH_AUTH_SOCK=\(socket)", "ssh-add", "-q", server.userKey])
            try await SSHConnection.open(server.destination(logins: [.agent(socket: socket)])).close()
        }
    }

    @Test("a login does not show its secret")
    func description() {
        let logins: [SSHLogin] = [.password("hunter2"), .keyFile(path: "/k", passphrase: "hunter2")]
        var dumped = ""
        dump(logins, to: &dumped)
        #expect(!"\(logins) \(dumped)".contains("hunter2"))
    }
}
