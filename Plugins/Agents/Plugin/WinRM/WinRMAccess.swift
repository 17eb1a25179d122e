// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import MegaraptorErrors
import MegaraptorPluginKit
import Negotiation
import WholeFiles
import WinRM

/// How machines are logged in to, with the password for it, which is only there while a call needs it.
struct WinRMAccess: Sendable {
    let login: WinRMLogin
    let trust: HTTPTrust
    /// To be taken out of what machines say.
    let secrets: [String]
    let notes: [String]

    /// Reaches a machine for as long as `body` runs.
    func with<Value: Sendable>(
        _ target: MachineTarget,
        _ body: (WindowsMachine) async throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let connection = WinRMConnection(host: target.host, port: target.port, login: login, trust: trust)
        return try await WinRMShell.with(connection) { shell throws(MegaraptorError) in
            try await body(WindowsMachine(name: target.text, shell: shell))
        }
    }
}

extension WinRMLoginInput {
    func opened(_ context: CallContext) async throws(MegaraptorError) -> WinRMAccess {
        let (auth, isChecked) = (auth ?? .ntlm, verifyCertificate ?? true)
        guard useSSL ?? true else {
            throw Self.refused("WinRM without TLS is not spoken: the agent's secret and the password could be read.")
        }
        guard isChecked || auth != .basic else {
            throw Self.refused("With basic the password itself is sent, so the machine's certificate must be checked.")
        }
        guard isChecked || caFile == nil else {
            throw Self.refused("ca_file says whom to trust, and verify_certificate that nobody is checked.")
        }
        let credentials = try await credentials(auth, context)
        return WinRMAccess(
            login: try Self.login(auth, credentials),
            trust: try trust(isChecked),
            secrets: credentials.map { [$0.password] } ?? [],
            notes: isChecked ? [] : ["Certificates were not checked: somebody between could have posed as a machine."]
        )
    }

    private func credentials(
        _ auth: Scheme,
        _ context: CallContext
    ) async throws(MegaraptorError) -> HTTPBasicCredentials? {
        guard let passwordSecret else {
            if auth == .kerberos { return nil }
            throw Self.refused("\(auth.rawValue) needs password_secret.")
        }
        guard let username else { throw Self.refused("Nobody is named to log in: username is missing.") }
        // Windows' own programs take this for "a user of that machine" and send none of it.
        let user = username.hasPrefix(".\\") ? String(username.dropFirst(2)) : username
        return HTTPBasicCredentials(user: user, password: try await context.secret(passwordSecret).text)
    }

    private static func login(
        _ auth: Scheme,
        _ credentials: HTTPBasicCredentials?
    ) throws(MegaraptorError) -> WinRMLogin {
        switch (auth, credentials) {
        case (.basic, let credentials?): return .basic(credentials)
        case (.ntlm, let credentials): return .negotiate(.ntlm, credentials)
        case (.kerberos, let credentials): return .negotiate(.kerberos, credentials)
        case (.basic, nil): throw refused("basic needs password_secret.")
        }
    }

    private func trust(_ isChecked: Bool) throws(MegaraptorError) -> HTTPTrust {
        guard isChecked else { return HTTPTrust(.nobodyIsChecked) }
        guard let caFile else { return HTTPTrust() }
        return HTTPTrust(.pem(try WholeFile.require(caFile)))
    }

    private static func refused(_ message: String) -> MegaraptorError {
        MegaraptorError(.invalidArgument, message, hint: "Nothing was done on any machine.")
    }
}
