// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import MegaraptorErrors
internal import Synchronization
internal import WholeFiles

/// What opens a store.
public enum SecretKey: Sendable, Hashable {
    /// A file of 32 random bytes, made when a store is first written.
    case file(String)
    /// Words that are in memory already.
    case passphrase([UInt8])
    /// A file whose content is a passphrase; line ends after it do not count.
    case passphraseFile(String)

    /// Shorter ones are found out by trying.
    static let shortestPassphrase = 8

    var isFile: Bool { if case .file = self { true } else { false } }

    /// How many bytes a key file has.
    static let fileSize = 32

    /// The bytes that a passphrase stands for.
    func passphrase() throws(MegaraptorError) -> [UInt8] {
        var words: [UInt8]
        switch self {
        case .file: words = []
        case .passphrase(let bytes): words = bytes
        case .passphraseFile(let path):
            guard let bytes = try PrivateFile.read(path, limit: 4096) else {
                throw MegaraptorError(.notFound, "There is no passphrase file \(path).", hint: "Correct the path.")
            }
            words = bytes
            while words.last == UInt8(ascii: "\n") || words.last == UInt8(ascii: "\r") { words.removeLast() }
        }
        guard words.count >= Self.shortestPassphrase else {
            throw MegaraptorError(
                .invalidArgument,
                "A passphrase needs at least \(Self.shortestPassphrase) characters.",
                hint: "Use several words that do not belong together."
            )
        }
        return words
    }
}

/// The keys that one key makes for one store, each for its own purpose.
struct StoreKeys {
    let encryption: [UInt8]
    let authentication: [UInt8]
    /// Stands in the store, so that a wrong key is told from a damaged file. It gives nothing away about the others.
    let check: [UInt8]

    init(_ key: [UInt8], salt: [UInt8]) throws(MegaraptorError) {
        func derive(_ purpose: String) throws(MegaraptorError) -> [UInt8] {
            try Cryptography.hmacSHA256(Array("megaraptor secrets 1 \(purpose)".utf8) + salt, key: key)
        }
        encryption = try derive("encryption")
        authentication = try derive("authentication")
        check = Array(try derive("check").prefix(StoreFile.checkSize))
    }
}

/// Remembers what passphrases came to, as finding it out takes long on purpose.
final class DerivedKeys: Sendable {
    private struct Question: Hashable {
        let passphrase: [UInt8]
        let salt: [UInt8]
        let iterations: UInt32
    }

    private let known = Mutex<[Question: [UInt8]]>([:])

    func of(_ passphrase: [UInt8], salt: [UInt8], iterations: UInt32) throws(MegaraptorError) -> [UInt8] {
        let question = Question(passphrase: passphrase, salt: salt, iterations: iterations)
        if let key = known.withLock({ $0[question] }) { return key }
        let key = try Cryptography.pbkdf2SHA256(passphrase, salt: salt, iterations: iterations)
        known.withLock { $0 = [question: key] }
        return key
    }
}
