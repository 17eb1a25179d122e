// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// How what a collector takes is closed, as the vendor's `EncryptionScheme` has it. All three really encrypt, names of
/// files included.
enum CollectorEncryption: Sendable {
    case none
    /// To a certificate: only its key opens it.
    case x509(certificate: String)
    /// To a public key of OpenPGP.
    case pgp(publicKey: String)
    /// By a password, which travels in the collector itself.
    case password(String)

    var scheme: String {
        switch self {
        case .none: "None"
        case .x509: "X509"
        case .pgp: "PGP"
        case .password: "Password"
        }
    }

    var arguments: JSONObject {
        switch self {
        case .none: [:]
        case .x509(let key), .pgp(let key): ["public_key": .string(key)]
        case .password(let password): ["password": .string(password)]
        }
    }

    /// What whoever opens it needs.
    var opening: String {
        switch self {
        case .none: "It is not encrypted: whoever has the collection can read it."
        case .x509: "Encrypted to a certificate (X509): only who has its private key can open it."
        case .pgp: "Encrypted to a PGP key: gpg opens the password in metadata.json, and that the archive."
        case .password:
            "Encrypted by a password. The password is in the collector itself: whoever has the collector can open what"
                + " others collect with it."
        }
    }
}
