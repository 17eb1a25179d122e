// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import Glibc
internal import MegaraptorErrors

extension SSHSession {
    func logIn() throws(MegaraptorError) {
        let first = try attempt { ssh_userauth_none($0, nil) }
        if first == SSH_AUTH_SUCCESS { return }
        var tried: [String] = []
        for login in destination.logins {
            let (result, words) = try attempt(login)
            if result == SSH_AUTH_SUCCESS { return }
            tried.append("\(login.name) (\(words))")
        }
        throw MegaraptorError(
            .unauthenticated,
            "\(destination.name) does not let \(destination.user) in. Tried: "
                + (tried.isEmpty ? "nothing" : tried.joined(separator: ", "))
                + ". The server allows: \(allowed.joined(separator: ", ")).",
            hint: "Check the user, and that the key is in its authorized_keys or the password is right."
        )
    }

    private func attempt(_ login: SSHLogin) throws(MegaraptorError) -> (ssh_auth_e, String) {
        switch login {
        case .agent(let socket): try attemptAgent(socket)
        case .keyFile(let path, let passphrase): try attemptKey(path, passphrase)
        case .password(let password): try attemptPassword(password)
        }
    }

    private func attemptAgent(_ named: String?) throws(MegaraptorError) -> (ssh_auth_e, String) {
        guard methods & SSH_AUTH_METHOD_PUBLICKEY != 0 else { return (SSH_AUTH_DENIED, "keys are not allowed") }
        guard let path = named ?? getenv("SSH_AUTH_SOCK").map({ String(cString: $0) }), !path.isEmpty else {
            return (SSH_AUTH_DENIED, "no agent runs here: SSH_AUTH_SOCK is not set")
        }
        guard ssh_options_set(try live(), SSH_OPTIONS_IDENTITY_AGENT, path) == SSH_OK else {
            return (SSH_AUTH_DENIED, "libssh does not take its socket")
        }
        let result = try attempt { ssh_userauth_agent($0, nil) }
        return (result, result == SSH_AUTH_ERROR ? "it cannot be asked: \(lastWords)" : words(for: result))
    }

    private func attemptKey(_ path: String, _ passphrase: String?) throws(MegaraptorError) -> (ssh_auth_e, String) {
        guard methods & SSH_AUTH_METHOD_PUBLICKEY != 0 else { return (SSH_AUTH_DENIED, "keys are not allowed") }
        var key: ssh_key?
        // An empty passphrase instead of none: with none OpenSSL would ask at the terminal.
        let result = ssh_pki_import_privkey_file(path, passphrase ?? "", nil, nil, &key)
        guard result == SSH_OK, let key else {
            if result == SSH_EOF { return (SSH_AUTH_DENIED, "the file is missing or cannot be read") }
            return (
                SSH_AUTH_DENIED,
                passphrase == nil ? "no private key, or one that needs a passphrase" : "not opened by the passphrase"
            )
        }
        defer { ssh_key_free(key) }
        let answer = try attempt { ssh_userauth_publickey($0, nil, key) }
        return (answer, words(for: answer))
    }

    private func attemptPassword(_ password: String) throws(MegaraptorError) -> (ssh_auth_e, String) {
        if methods & SSH_AUTH_METHOD_PASSWORD != 0 {
            let result = try attempt { ssh_userauth_password($0, nil, password) }
            return (result, words(for: result))
        }
        guard methods & SSH_AUTH_METHOD_INTERACTIVE != 0 else { return (SSH_AUTH_DENIED, "not allowed") }
        while true {
            let result = try attempt { ssh_userauth_kbdint($0, nil, nil) }
            guard result == SSH_AUTH_INFO else { return (result, words(for: result)) }
            let session = try live()
            let questions = ssh_userauth_kbdint_getnprompts(session)
            guard questions <= 1 else { return (SSH_AUTH_DENIED, "the server asks for more than a password") }
            if questions == 1 { ssh_userauth_kbdint_setanswer(session, 0, password) }
        }
    }

    /// One call for as long as it is to be repeated. A broken connection is thrown, a refusal returned.
    private func attempt(_ call: (OpaquePointer) -> Int32) throws(MegaraptorError) -> ssh_auth_e {
        while true {
            let session = try live()
            let result = call(session)
            if result == SSH_AUTH_AGAIN.rawValue {
                try wait()
                continue
            }
            if result == SSH_AUTH_ERROR.rawValue, ssh_is_connected(session) == 0 {
                throw lost("logging in as \(destination.user)")
            }
            return ssh_auth_e(result)
        }
    }

    private func words(for result: ssh_auth_e) -> String {
        switch result {
        case SSH_AUTH_SUCCESS: "taken"
        case SSH_AUTH_PARTIAL: "taken, but the server wants more"
        case SSH_AUTH_DENIED: "refused"
        default: lastWords
        }
    }

    private var methods: UInt32 {
        pointer.map { UInt32(bitPattern: ssh_userauth_list($0, nil)) } ?? 0
    }

    private var allowed: [String] {
        let known = [
            (SSH_AUTH_METHOD_PUBLICKEY, "publickey"), (SSH_AUTH_METHOD_PASSWORD, "password"),
            (SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive"), (SSH_AUTH_METHOD_HOSTBASED, "hostbased"),
            (SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic"),
        ]
        let names = known.filter { methods & $0.0 != 0 }.map(\.1)
        return names.isEmpty ? ["no method that it tells"] : names
    }
}
