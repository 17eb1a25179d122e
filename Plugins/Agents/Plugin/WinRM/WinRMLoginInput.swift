// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// How machines with WinRM are logged in to. Passwords only by the names under which they are kept.
struct WinRMLoginInput: Codable, Sendable, Hashable {
    enum Scheme: String, Codable, Sendable {
        case ntlm, kerberos, basic
    }

    var username: String?
    var passwordSecret: String?
    var auth: Scheme?
    var port: Int?
    var useSSL: Bool?
    var verifyCertificate: Bool?
    var caFile: String?

    private enum CodingKeys: String, CodingKey {
        case username, auth, port
        case passwordSecret = "password_secret"
        case useSSL = "use_ssl"
        case verifyCertificate = "verify_certificate"
        case caFile = "ca_file"
    }

    /// What is said now, and for the rest what was said before.
    func filled(from former: WinRMLoginInput) -> WinRMLoginInput {
        WinRMLoginInput(
            username: username ?? former.username,
            passwordSecret: passwordSecret ?? former.passwordSecret,
            auth: auth ?? former.auth,
            port: port ?? former.port,
            useSSL: useSSL ?? former.useSSL,
            verifyCertificate: verifyCertificate ?? former.verifyCertificate,
            caFile: caFile ?? former.caFile
        )
    }

    // MARK: - Schema

    static let members: [Schema.Member] = [
        .optional(
            "username",
            .string(pattern: #"^[^\s:;,"<>|/\[\]]{1,256}$"#).described(
                #"An administrator there: a local user, DOMAIN\user or user@domain. Left out with kerberos: whose ticket"#
                    + " this server's process has."
            )
        ),
        .optional(
            "password_secret",
            .string(pattern: "^winrm[A-Za-z0-9._-]*$").described("The name of the secret with the password.")
        ),
        .optional(
            "auth",
            .oneOf("ntlm", "kerberos", "basic").defaulting(to: "ntlm").described(
                "kerberos needs targets by the names that the domain knows; basic is switched off on most machines."
            )
        ),
        .optional("port", .integer(1...65_535).defaulting(to: 5986).described("Where a target does not say it.")),
        .optional(
            "use_ssl",
            .boolean.defaulting(to: true).described("Must be true: without TLS the agent's secret could be read.")
        ),
        .optional(
            "verify_certificate",
            .boolean.defaulting(to: true).described("False lets anybody between pose as the machine; not with basic.")
        ),
        .optional(
            "ca_file",
            .file("certificates in PEM to trust: an authority's, or the machines' own. Left out: the system's.")
        ),
    ]

    static let targets = Schema.array(of: .string(pattern: #"^[A-Za-z0-9_:\[][A-Za-z0-9._:\[\]-]*$"#))
        .with("minItems", 1).with("maxItems", 1000)
        .described("Machines: host or host:port.")
        .examples(["pc-17.corp.example.org"])
}
