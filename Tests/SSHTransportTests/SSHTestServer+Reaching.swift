// SPDX-License-Identifier: Apache-2.0

import SSHTestbed
import SSHTransport

extension SSHTestServer {
    /// This server with the right key, its own key known.
    func destination(
        logins: [SSHLogin]? = nil,
        knownHosts: String? = nil,
        fingerprint: String? = nil
    ) -> SSHDestination {
        SSHDestination(
            host: "127.0.0.1",
            port: port,
            user: user,
            hostKeys: SSHHostKeyPolicy(knownHostsFile: knownHosts ?? self.knownHosts, fingerprint: fingerprint),
            logins: logins ?? [.keyFile(path: userKey, passphrase: nil)]
        )
    }

    /// A connection that is closed after `body`.
    static func reached<Value: Sendable>(
        extra: [String] = [],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (SSHConnection, SSHTestServer) async throws -> Value
    ) async throws -> Value {
        try await with(extra: extra) { server in
            let connection = try await SSHConnection.open(server.destination())
            defer { connection.close() }
            return try await body(connection, server)
        }
    }
}

/// Waits for something that another process does.
func eventually(_ condition: () throws -> Bool) async rethrows {
    while try !condition() { try? await Task.sleep(for: .milliseconds(5)) }
}
