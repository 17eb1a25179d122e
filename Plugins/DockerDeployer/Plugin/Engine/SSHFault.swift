// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// What OpenSSH's client says when it cannot carry a connection, and what that means here.
struct SSHFault {
    let host: String
    let port: UInt16?
    let remoteSocket: String
    let files: SSHFiles
    /// What it said.
    let words: String

    /// What ssh says, and goes on, where the other side refuses to connect to the socket.
    static let refusedSocket = "open failed"

    func error(_ otherwise: String) -> MegaraptorError {
        let (code, what, hint) = meaning ?? (.unavailable, otherwise, "Try \"ssh \(host) docker version\" by hand.")
        return MegaraptorError(
            code,
            "The engine on \(host) cannot be reached: \(what).",
            hint: hint,
            cause: words.isEmpty ? nil : words
        )
    }

    private var meaning: (MegaraptorError.Code, String, hint: String)? {
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        let known = files.knownHosts ?? "the user's known_hosts"
        if says("REMOTE HOST IDENTIFICATION HAS CHANGED") {
            let hint = "Somebody may be in between. Only if it was renewed on purpose, replace it in \(known)."
            return (.unauthenticated, "its host key is not the one that is known", hint)
        }
        if says("Host key verification failed") {
            let scan = "ssh-keyscan \(port.map { "-p \($0) " } ?? "")\(host)"
            let hint = "Check the key on the machine itself, then add it to \(known); \"\(scan)\" prints it."
            return (.unauthenticated, "its host key is not known", hint)
        }
        if says("Permission denied") {
            let hint =
                files.key.map {
                    "Check that the machine takes the key \($0), that nobody else can read the file, and that it needs"
                        + " no passphrase or is in the SSH agent."
                } ?? "Load the right key into the SSH agent, or set ssh_key_file."
            return (.unauthenticated, "it refuses the login", hint)
        }
        if says(Self.refusedSocket) {
            let hint =
                "Check that an engine listens at \(remoteSocket) there (else add the path to the address), that this user"
                + " may use it, and that its sshd has AllowStreamLocalForwarding on."
            return (.unavailable, "ssh cannot connect to \(remoteSocket) there", hint)
        }
        return nil
    }
}
