// SPDX-License-Identifier: Apache-2.0

import Certificates
import ChildProcesses
import Glibc
import MegaraptorErrors
import MegaraptorPluginKit
import WholeFiles

/// What was asked for, made into what a collector takes. Checked first: a key that cannot encrypt would be found out only
/// when the evidence is lost.
struct EncryptionChoice: Sendable {
    enum Scheme: String, Codable, Sendable {
        case x509, pgp, password
    }

    let host: HostServices
    let scheme: Scheme?
    let keyFile: String?
    let passwordSecret: String?
    /// The certificate whose key the deployment's server has; with it the server opens what comes in.
    let serverCertificate: String?

    func callAsFunction() async throws(MegaraptorError) -> CollectorEncryption {
        switch scheme ?? (keyFile == nil && passwordSecret != nil ? .password : .x509) {
        case .x509: return .x509(certificate: try certificate())
        case .pgp: return .pgp(publicKey: try await publicKey())
        case .password:
            guard let name = passwordSecret else { throw missing("password_secret", "the name of a kept secret") }
            let password = try await host.secret(name).text
            guard !password.isEmpty else {
                throw MegaraptorError(.failedPrecondition, "The secret \(name) is empty.")
            }
            return .password(password)
        }
    }

    private func certificate() throws(MegaraptorError) -> String {
        guard let keyFile else {
            if let serverCertificate { return serverCertificate }
            throw missing("public_key_file", "a certificate in PEM, or deployment_id: then its server can open it")
        }
        let pem = String(decoding: try WholeFile.require(keyFile, limit: 1 << 20), as: UTF8.self)
        _ = try Certificate(pem: pem)
        return pem
    }

    private func publicKey() async throws(MegaraptorError) -> String {
        guard let keyFile else { throw missing("public_key_file", "an ASCII-armoured public key") }
        let bytes = try WholeFile.require(keyFile, limit: 1 << 20)
        let places = ["/usr/bin/gpg", "/usr/local/bin/gpg"]
        guard let gpg = places.first(where: { access($0, X_OK) == 0 }) else {
            throw MegaraptorError(
                .failedPrecondition,
                "This machine has no gpg to look whether the key can encrypt.",
                hint: "Install gnupg, or use x509."
            )
        }
        let home = try TemporaryFolder("/tmp/megaraptor-gpg-")
        defer { home.remove() }
        let result = try await ChildCommand(
            [gpg, "--batch", "--show-keys", "--with-colons"],
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "GNUPGHOME": home.path],
            input: bytes
        ).run()
        guard result.isSuccess else {
            throw MegaraptorError(
                .failedPrecondition,
                "gpg cannot read the key in \(keyFile).",
                cause: String(result.errors.suffix(500))
            )
        }
        guard result.output.split(separator: "\n").contains(where: Self.encrypts) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The key in \(keyFile) has no valid part that encrypts: what is collected could never be opened.",
                hint: "Give a key with an encryption subkey: gpg --quick-add-key FINGERPRINT rsa3072 encr."
            )
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a line of what gpg lists is a key, neither expired nor revoked, that encrypts.
    private static func encrypts(_ line: Substring) -> Bool {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count > 11, fields[0] == "pub" || fields[0] == "sub", fields[1] != "e", fields[1] != "r" else {
            return false
        }
        // What that very key may do, in small letters.
        return fields[11].contains("e")
    }

    private func missing(_ name: String, _ what: String) -> MegaraptorError {
        MegaraptorError(.invalidArgument, "To encrypt, something more is needed.", hint: "Give \(name): \(what).")
    }
}
