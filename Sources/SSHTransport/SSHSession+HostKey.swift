// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import JSONValue
internal import MegaraptorErrors

extension SSHSession {
    /// Nothing secret has been sent before this, and nothing will be if it throws.
    func checkHostKey() throws(MegaraptorError) -> SSHHostKey {
        let key = try serverKey()
        let state = ssh_session_is_known_server(try live())
        let facts = "\(key.type) key with the fingerprint \(key.fingerprint)"
        if state == SSH_KNOWN_HOSTS_CHANGED || state == SSH_KNOWN_HOSTS_OTHER { throw contradicted(facts) }
        if state == SSH_KNOWN_HOSTS_ERROR {
            throw MegaraptorError(
                .failedPrecondition,
                "The file of known hosts cannot be read, so the key of \(destination.name) is not checked.",
                hint: "Mend the file, or name another one.",
                cause: lastWords
            )
        }
        if let wanted = destination.hostKeys.fingerprint {
            guard wanted == key.fingerprint else { throw unequal(to: wanted, facts) }
            return key
        }
        guard state == SSH_KNOWN_HOSTS_OK else { throw unknown(key, facts) }
        return key
    }

    private func serverKey() throws(MegaraptorError) -> SSHHostKey {
        var key: ssh_key?
        guard ssh_get_server_publickey(try live(), &key) == SSH_OK, let key else {
            throw MegaraptorError(.internal, "libssh does not tell the server's key.", cause: lastWords)
        }
        defer { ssh_key_free(key) }
        var digest: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &digest, &count) == 0,
            let text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, digest, count)
        else { throw MegaraptorError(.internal, "libssh cannot hash the server's key.") }
        defer {
            ssh_string_free_char(text)
            ssh_clean_pubkey_hash(&digest)
        }
        let name = ssh_key_type_to_char(ssh_key_type(key))
        return SSHHostKey(
            type: name.map { String(cString: $0) } ?? "unknown",
            fingerprint: String(cString: text)
        )
    }

    private func contradicted(_ facts: String) -> MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "\(destination.name) showed an \(facts), but the known hosts hold another key for it. "
                + "Somebody may be in between. Nothing was sent.",
            hint: "If the machine was set up anew, ask whoever runs it for its fingerprint and take the old key out of "
                + "the known hosts (ssh-keygen -R)."
        )
    }

    private func unequal(to wanted: String, _ facts: String) -> MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "\(destination.name) showed an \(facts), but \(wanted) was demanded. Nothing was sent.",
            hint: "Compare with whoever runs the machine: it may hold keys of several types, or somebody is in between."
        )
    }

    private func unknown(_ key: SSHHostKey, _ facts: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The key of \(destination.name) is not known. It showed an \(facts). Nothing was sent.",
            hint: "Compare the fingerprint with whoever runs the machine; then pass it as host_key_fingerprint, or add "
                + "the key to \(destination.hostKeys.knownHostsFile ?? "~/.ssh/known_hosts").",
            details: ["key_type": .string(key.type), "fingerprint": .string(key.fingerprint)]
        )
    }
}
