// SPDX-License-Identifier: Apache-2.0

package import MegaraptorErrors
package import MegaraptorPluginKit
package import SSHTransport

/// How somebody logs in to machines and becomes root there. Holds no secret, only the names under which they are kept.
package struct SSHAccess: Sendable {
    package var keyFile: String?
    package var keyPassphraseSecret: String?
    package var passwordSecret: String?
    package var sudoPasswordSecret: String?
    /// `nil`: the agent is asked where there is neither key nor password.
    package var useAgent: Bool?
    package var knownHosts: String?
    package var hostKeyFingerprint: String?

    package init(
        keyFile: String? = nil,
        keyPassphraseSecret: String? = nil,
        passwordSecret: String? = nil,
        sudoPasswordSecret: String? = nil,
        useAgent: Bool? = nil,
        knownHosts: String? = nil,
        hostKeyFingerprint: String? = nil
    ) {
        self.keyFile = keyFile
        self.keyPassphraseSecret = keyPassphraseSecret
        self.passwordSecret = passwordSecret
        self.sudoPasswordSecret = sudoPasswordSecret
        self.useAgent = useAgent
        self.knownHosts = knownHosts
        self.hostKeyFingerprint = hostKeyFingerprint
    }

    /// The same with the secrets themselves, which are only there while a call needs them.
    package func opened(_ context: CallContext) async throws(MegaraptorError) -> OpenedAccess {
        var (logins, secrets): ([SSHLogin], [String]) = ([], [])
        if let keyFile {
            let passphrase = try await secret(keyPassphraseSecret, context)
            logins.append(.keyFile(path: keyFile, passphrase: passphrase))
            secrets += [passphrase].compactMap(\.self)
        }
        if useAgent ?? (keyFile == nil && passwordSecret == nil) { logins.append(.agent(socket: nil)) }
        if let password = try await secret(passwordSecret, context) {
            logins.append(.password(password))
            secrets.append(password)
        }
        let sudoPassword = try await secret(sudoPasswordSecret, context)
        return OpenedAccess(
            logins: logins,
            hostKeys: SSHHostKeyPolicy(knownHostsFile: knownHosts, fingerprint: hostKeyFingerprint),
            sudoPassword: sudoPassword,
            secrets: secrets + [sudoPassword].compactMap(\.self)
        )
    }

    private func secret(_ name: String?, _ context: CallContext) async throws(MegaraptorError) -> String? {
        guard let name else { return nil }
        return try await context.secret(name).text
    }
}

/// How machines are logged in to, with the secrets for it.
package struct OpenedAccess: Sendable {
    package let logins: [SSHLogin]
    package let hostKeys: SSHHostKeyPolicy
    package let sudoPassword: String?
    /// All of them, so that they can be taken out of what machines say.
    package let secrets: [String]

    package func destination(_ host: String, port: UInt16, user: String) -> SSHDestination {
        SSHDestination(host: host, port: port, user: user, hostKeys: hostKeys, logins: logins)
    }
}
