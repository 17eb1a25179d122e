// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Machines
import MegaraptorPluginKit

/// How the tools for machines with SSH are told to log in. Passwords only by the names under which they are kept.
struct SSHLoginInput: Codable, Sendable, Hashable {
    var username: String?
    var keyPath: String?
    var keyPassphraseSecret: String?
    var passwordSecret: String?
    var sudoPasswordSecret: String?
    var useAgent: Bool?
    var knownHosts: String?
    var port: Int?

    private enum CodingKeys: String, CodingKey {
        case username, port
        case keyPath = "key_path"
        case keyPassphraseSecret = "key_passphrase_secret"
        case passwordSecret = "password_secret"
        case sudoPasswordSecret = "sudo_password_secret"
        case useAgent = "use_agent"
        case knownHosts = "known_hosts"
    }

    var access: SSHAccess {
        SSHAccess(
            keyFile: keyPath,
            keyPassphraseSecret: keyPassphraseSecret,
            passwordSecret: passwordSecret,
            sudoPasswordSecret: sudoPasswordSecret,
            useAgent: useAgent,
            knownHosts: knownHosts
        )
    }

    /// What is said now, and for the rest what was said before.
    func filled(from former: SSHLoginInput) -> SSHLoginInput {
        SSHLoginInput(
            username: username ?? former.username,
            keyPath: keyPath ?? former.keyPath,
            keyPassphraseSecret: keyPassphraseSecret ?? former.keyPassphraseSecret,
            passwordSecret: passwordSecret ?? former.passwordSecret,
            sudoPasswordSecret: sudoPasswordSecret ?? former.sudoPasswordSecret,
            useAgent: useAgent ?? former.useAgent,
            knownHosts: knownHosts ?? former.knownHosts,
            port: port ?? former.port
        )
    }

    // MARK: - Schema

    private static let secret = Schema.string(pattern: "^ssh[A-Za-z0-9._-]*$")

    static let members: [Schema.Member] = [
        .optional(
            "username",
            .string(pattern: "^[A-Za-z0-9_][A-Za-z0-9._@-]*$").described(
                "Who logs in where a target does not say it: root, or somebody who may use sudo."
            )
        ),
        .optional("key_path", .file("a private key on this machine.")),
        .optional("key_passphrase_secret", secret.described("The name of the secret that opens the key.")),
        .optional("password_secret", secret.described("The name of the secret with the password to log in with.")),
        .optional("sudo_password_secret", secret.described("The name of the secret with the password for sudo.")),
        .optional(
            "use_agent",
            .boolean.described("Try the keys of the SSH agent. Left out: only if neither key nor password is given.")
        ),
        .optional(
            "known_hosts",
            .file("known host keys. Left out: the user's and the system's. A machine that is in none is refused.")
        ),
        .optional("port", .integer(1...65_535).defaulting(to: 22).described("Where a target does not say it.")),
    ]

    /// Which of them name a machine is looked at when they are taken apart.
    static let targets = Schema.array(of: .string(pattern: #"^[A-Za-z0-9_:\[][A-Za-z0-9._@:\[\]-]*$"#))
        .with("minItems", 1).with("maxItems", 1000)
        .described("Machines: host, user@host, host:port or user@host:port.")
        .examples(["web-1.example.org", "admin@10.0.0.7:2222"])
}
