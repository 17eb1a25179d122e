// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Testing

@Suite("The server's key", .timeLimit(.minutes(2)))
struct HostKeyTests {
    @Test("one that the file of known hosts holds is accepted")
    func known() async throws {
        try await SSHTestServer.reached { connection, server in
            #expect(connection.hostKey.type == "ssh-ed25519")
            let right = try server.fingerprint()
            #expect(connection.hostKey.fingerprint == right)
        }
    }

    @Test("an unknown one is refused with its type and fingerprint, and taken when that fingerprint is given")
    func unknown() async throws {
        try await SSHTestServer.with { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(knownHosts: "/dev/null"))
            }
            let right = try server.fingerprint()
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("ssh-ed25519 key with the fingerprint \(right)") == true)
            #expect(error?.hint.contains("host_key_fingerprint") == true)
            #expect(error?.details["fingerprint"]?.stringValue == right)

            let given = server.destination(knownHosts: "/dev/null", fingerprint: right)
            let result = try await SSHConnection.with(given) { connection throws(MegaraptorError) in
                try await connection.run(SSHCommand(line: "echo in"))
            }
            #expect(result.output.text == "in\n")
        }
    }

    @Test("a fingerprint that differs in one letter is refused", arguments: ["SHA256:AAAA", "", "md5"])
    func wrongFingerprint(_ wrong: String) async throws {
        try await SSHTestServer.with { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(knownHosts: "/dev/null", fingerprint: wrong))
            }
            #expect(error?.code == .unauthenticated)
            let almost = try server.fingerprint().dropLast() + "="
            let second = await #expect(throws: MegaraptorError.self) {
                try await SSHConnection.open(server.destination(fingerprint: String(almost)))
            }
            #expect(second?.code == .unauthenticated)
        }
    }

    @Test("a changed one is refused, even when its fingerprint is given")
    func changed() async throws {
        try await SSHTestServer.with { server in
            let hosts = try server.makeContradictingHosts()
            for fingerprint in [nil, try server.fingerprint()] {
                let error = await #expect(throws: MegaraptorError.self) {
                    try await SSHConnection.open(server.destination(knownHosts: hosts, fingerprint: fingerprint))
                }
                #expect(error?.code == .unauthenticated)
                #expect(error?.message.contains("hold another key") == true)
            }
        }
    }
}
