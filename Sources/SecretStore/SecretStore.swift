// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import MegaraptorErrors
internal import WholeFiles

/// Secrets under names, sealed in one file that only its owner may read.
///
/// Whatever is read was checked as a whole first. A store that cannot be read is never written over. May be used from
/// any thread and by several processes; making a key from a passphrase takes about half a second at the first use.
public struct SecretStore: Sendable {
    let folder: String
    let key: SecretKey
    let derived = DerivedKeys()

    /// How many bytes a value may have.
    public static let greatestValue = 1 << 16
    /// Shorter values could not be found in texts without spoiling them.
    public static let shortestValue = 4

    var path: String { "\(folder)/store" }
    var backup: String { "\(folder)/store.backup" }

    /// Nothing is read or made before the first use.
    public init(folder: String, key: SecretKey) {
        self.folder = folder
        self.key = key
    }

    // MARK: - Reading

    /// All secrets by name.
    public func list() throws(MegaraptorError) -> [SecretInfo] {
        try read()?.file.entries.map(\.info).sorted { $0.name < $1.name } ?? []
    }

    public func value(of name: String) throws(MegaraptorError) -> SecretValue {
        guard let store = try read(), let entry = store.file.entries.first(where: { $0.info.name == name }) else {
            throw Self.unknown(name)
        }
        return SecretValue(type: entry.info.type, bytes: try open(entry, store.keys))
    }

    /// Opens every secret, and says how many there are; `nil` where there is no store yet.
    public func verify() throws(MegaraptorError) -> Int? {
        guard let store = try read() else { return nil }
        for entry in store.file.entries { _ = try open(entry, store.keys) }
        return store.file.entries.count
    }

    // MARK: - Changing

    /// Keeps a value, in the place of what had this name before.
    public func put(_ value: [UInt8], as name: String, type: SecretType) throws(MegaraptorError) {
        try Self.check(name, value)
        try exclusively { () throws(MegaraptorError) in
            var store = if let known = try openStore(settles: true) { known } else { try empty(for: .first) }
            let now = Self.now()
            let place = store.file.entries.firstIndex { $0.info.name == name }
            let created = place.map { store.file.entries[$0].info.created } ?? now
            let info = SecretInfo(name: name, type: type, created: created, changed: now)
            let entry = try StoreFile.Entry.seal(value, as: info, store.keys)
            if let place { store.file.entries[place] = entry } else { store.file.entries.append(entry) }
            try write(&store)
        }
    }

    /// Removes a secret. The file's backup still holds it until the next change.
    public func delete(_ name: String) throws(MegaraptorError) {
        guard try PrivateFile.checkFolder(folder) else { throw Self.unknown(name) }
        try exclusively { () throws(MegaraptorError) in
            guard var store = try openStore(settles: true),
                let place = store.file.entries.firstIndex(where: { $0.info.name == name })
            else { throw Self.unknown(name) }
            store.file.entries.remove(at: place)
            try write(&store)
        }
    }

    /// Seals everything anew: with another key, or with fresh bytes in the same key file. At every moment one of the
    /// two keys opens the store.
    ///
    /// The former key file, and the backup that only the former key could open, are gone afterwards.
    public func rotate(to new: SecretKey) throws(MegaraptorError) {
        try exclusively { () throws(MegaraptorError) in
            guard let old = try openStore(settles: true) else {
                throw MegaraptorError(.notFound, "There is no secret store yet.", hint: "Keep a secret first.")
            }
            let successor = SecretStore(folder: folder, key: new)
            var store = try successor.empty(for: .successor)
            store.file.serial = old.file.serial
            for entry in old.file.entries {
                store.file.entries.append(try .seal(try open(entry, old.keys), as: entry.info, store.keys))
            }
            try write(&store)
            // The new key is the store's from here on; opening the store settles where that key lies.
            _ = try successor.openStore(settles: true)
            if case .file(let path) = key, new != key { unlink(path) }
            unlink(backup)
        }
    }
}
