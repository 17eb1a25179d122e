// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import MegaraptorErrors
internal import SystemPackage
internal import WholeFiles

extension SecretStore {
    /// A store with its keys, after all checks.
    struct Opened {
        var file: StoreFile
        let keys: StoreKeys
    }

    func read() throws(MegaraptorError) -> Opened? {
        guard try PrivateFile.checkFolder(folder) else { return nil }
        return try PrivateFile.locked("\(folder)/lock", exclusively: false, what: "the secret store") {
            () throws(MegaraptorError) in
            try openStore(settles: false)
        }
    }

    func exclusively(_ body: () throws(MegaraptorError) -> Void) throws(MegaraptorError) {
        try PrivateFile.makeFolder(FilePath(folder))
        _ = try PrivateFile.checkFolder(folder)
        try PrivateFile.locked("\(folder)/lock", exclusively: true, what: "the secret store", body)
    }

    func write(_ store: inout Opened) throws(MegaraptorError) {
        store.file.serial &+= 1
        let bytes = try store.file.bytes(store.keys)
        guard bytes.count <= StoreFile.greatestSize else {
            throw MegaraptorError(.resourceExhausted, "The secret store is full.", hint: "Delete what is not needed.")
        }
        try PrivateFile.replace(path, with: bytes, backup: backup)
    }

    /// `nil` where there is no store.
    ///
    /// - Parameter settles: whether the caller may write, and so end a rotation that was interrupted.
    func openStore(settles: Bool) throws(MegaraptorError) -> Opened? {
        guard let bytes = try PrivateFile.read(path, limit: StoreFile.greatestSize) else {
            guard access(backup, F_OK) == 0 else { return nil }
            throw unusable(.missing, "is gone, and its backup is still there")
        }
        let file = try StoreFile(bytes, of: self)
        let keys = try keys(of: file, settles: settles)
        guard try file.isAuthentic(keys) else { throw unusable(.damaged, "was changed without its key") }
        return Opened(file: file, keys: keys)
    }

    func open(_ entry: StoreFile.Entry, _ keys: StoreKeys) throws(MegaraptorError) -> [UInt8] {
        guard let value = try entry.open(keys) else {
            throw unusable(.damaged, "is damaged: \(entry.info.name) does not open")
        }
        return value
    }

    // MARK: - Keys

    enum Purpose {
        case first
        /// To take the place of a store whose key must work until then.
        case successor
    }

    /// A store without entries, and its key on the disk.
    func empty(for purpose: Purpose) throws(MegaraptorError) -> Opened {
        guard case .file(let path) = key else {
            let file = StoreFile(iterations: StoreFile.allowedIterations.lowerBound)
            return Opened(file: file, keys: try passphraseKeys(file))
        }
        let master =
            switch purpose {
            case .first: if let known = try Self.keyFile(path) { known } else { try Self.makeKeyFile(path) }
            case .successor: try Self.makeKeyFile(Self.next(path))
            }
        let file = StoreFile(iterations: 0)
        return Opened(file: file, keys: try StoreKeys(master, salt: file.salt))
    }

    private func keys(of file: StoreFile, settles: Bool) throws(MegaraptorError) -> StoreKeys {
        if case .file(let path) = key, file.iterations == 0 { return try fileKeys(of: file, path, settles) }
        guard !key.isFile, file.iterations > 0 else { throw wrongKey(file) }
        let keys = try passphraseKeys(file)
        guard file.belongs(to: keys) else { throw wrongKey(file) }
        return keys
    }

    private func passphraseKeys(_ file: StoreFile) throws(MegaraptorError) -> StoreKeys {
        let master = try derived.of(try key.passphrase(), salt: file.salt, iterations: file.iterations)
        return try StoreKeys(master, salt: file.salt)
    }

    /// A rotation that was interrupted between its two steps has left the store's key beside the key file.
    private func fileKeys(of file: StoreFile, _ path: String, _ settles: Bool) throws(MegaraptorError) -> StoreKeys {
        for candidate in [Self.next(path), path] {
            guard let master = try Self.keyFile(candidate) else { continue }
            let keys = try StoreKeys(master, salt: file.salt)
            guard file.belongs(to: keys) else { continue }
            if settles, candidate != path { try PrivateFile.move(candidate, to: path) }
            return keys
        }
        throw access(path, F_OK) == 0 ? wrongKey(file) : missingKey(path)
    }

    /// Where a new key lies while the store is sealed with it.
    private static func next(_ path: String) -> String { path + ".next" }

    private static func keyFile(_ path: String) throws(MegaraptorError) -> [UInt8]? {
        guard let key = try PrivateFile.read(path, limit: SecretKey.fileSize) else { return nil }
        guard key.count == SecretKey.fileSize else {
            throw MegaraptorError(
                .damaged,
                "The key file \(path) is damaged: it has \(key.count) bytes, not \(SecretKey.fileSize).",
                hint: "Put back your copy of it. Nothing was changed."
            )
        }
        return key
    }

    private static func makeKeyFile(_ path: String) throws(MegaraptorError) -> [UInt8] {
        let key = Cryptography.randomBytes(SecretKey.fileSize)
        try PrivateFile.makeFolder(FilePath(path).removingLastComponent())
        try PrivateFile.replace(path, with: key)
        return key
    }
}
