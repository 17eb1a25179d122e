// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Testing

@testable import SecretStore

@Suite("A store opens with its own key alone")
struct SecretKeyTests {
    private let words = SecretKey.passphrase(Array("correct horse battery".utf8))
    private let otherWords = SecretKey.passphrase(Array("correct horse batterz".utf8))

    @Test("Another key file, none, and a damaged one are different errors, and nothing is written over")
    func keyFiles() throws {
        let scratch = try ScratchStore.filled()
        let (key, whole) = (try scratch.read(scratch.keyPath), try scratch.read(scratch.file))
        func fault() throws -> MegaraptorError {
            let error = try failure { () throws(MegaraptorError) in
                try scratch.store().put(Array("abcd".utf8), as: "x", type: .text)
            }
            #expect(try failure { () throws(MegaraptorError) in _ = try scratch.store().list() } == error)
            #expect(try scratch.read(scratch.file) == whole)
            return error
        }
        try scratch.write(key.reversed(), to: scratch.keyPath)
        #expect(try fault().fault == .wrongKey && fault().code == .unauthenticated)
        try scratch.write(Array(key.dropLast()), to: scratch.keyPath)
        #expect(try fault().message.contains("31 bytes"))
        try FileManager.default.removeItem(atPath: scratch.keyPath)
        #expect(try fault().fault == .missingKey)
        #expect(!FileManager.default.fileExists(atPath: scratch.keyPath))
        try scratch.write(key, to: scratch.keyPath)
        #expect(try scratch.store().verify() == 2)
    }

    @Test("A key file that was there before the store is used, not replaced")
    func firstKey() throws {
        let scratch = try ScratchStore.filled()
        let key = try scratch.read(scratch.keyPath)
        #expect(key.count == 32)
        for path in [scratch.file, scratch.backup] { try FileManager.default.removeItem(atPath: path) }
        try scratch.store().put(Array("abcd".utf8), as: "x", type: .text)
        #expect(try scratch.read(scratch.keyPath) == key)
    }

    @Test("A passphrase opens its store from memory and from a file, another one does not")
    func passphrases() throws {
        let scratch = try ScratchStore.filled(words)
        #expect(!FileManager.default.fileExists(atPath: scratch.keyPath))
        #expect(try StoreFile(try scratch.read(scratch.file), of: scratch.store()).iterations >= 600_000)
        let path = "\(scratch.home)/words"
        try scratch.write(Array("correct horse battery\r\n".utf8), to: path)
        #expect(try scratch.store(.passphraseFile(path)).verify() == 2)
        let wrong = try failure { () throws(MegaraptorError) in _ = try scratch.store(otherWords).list() }
        #expect(wrong.fault == .wrongKey && wrong.hint.contains("right passphrase"))
        let absent = try failure { () throws(MegaraptorError) in
            _ = try scratch.store(.passphraseFile("\(scratch.home)/none")).list()
        }
        #expect(absent.code == .notFound)
    }

    @Test("The other kind of key is told from a wrong one")
    func kinds() throws {
        let sealedByWords = try ScratchStore.filled(words)
        let file = try failure { () throws(MegaraptorError) in _ = try sealedByWords.store().list() }
        #expect(file.fault == .wrongKey && file.hint.contains("MEGARAPTOR_SECRETS_PASSPHRASE"))
        let sealedByFile = try ScratchStore.filled()
        let phrase = try failure { () throws(MegaraptorError) in _ = try sealedByFile.store(words).list() }
        #expect(phrase.fault == .wrongKey && phrase.hint.contains("give no passphrase"))
    }

    @Test("A passphrase that anybody could guess is not taken")
    func shortPassphrase() throws {
        let scratch = ScratchStore()
        let error = try failure { () throws(MegaraptorError) in
            try scratch.store(.passphrase(Array("seven77".utf8))).put(Array("abcd".utf8), as: "x", type: .text)
        }
        #expect(error.code == .invalidArgument && error.message.contains("at least 8"))
    }
}

@Suite("Rotating leaves no moment in which neither key opens the store")
struct RotationTests {
    private let words = SecretKey.passphrase(Array("correct horse battery".utf8))
    private let otherWords = SecretKey.passphrase(Array("stable of the horse".utf8))

    @Test("Everything is sealed anew, values and dates stay, and the former key and backup are gone")
    func keyFile() throws {
        let scratch = try ScratchStore.filled()
        let before = try scratch.store().list()
        let (key, whole) = (try scratch.read(scratch.keyPath), try scratch.read(scratch.file))
        try scratch.store().rotate(to: .file(scratch.keyPath))
        #expect(try scratch.store().list() == before)
        #expect(try scratch.store().value(of: "token").bytes == Array("ghp_0123456789".utf8))
        #expect(try scratch.read(scratch.keyPath) != key)
        let (old, new) = (
            try StoreFile(whole, of: scratch.store()),
            try StoreFile(try scratch.read(scratch.file), of: scratch.store())
        )
        #expect(old.salt != new.salt && old.serial + 1 == new.serial)
        for (left, right) in zip(old.entries, new.entries) { #expect(left.sealed != right.sealed) }
        for path in [scratch.backup, "\(scratch.keyPath).next"] {
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("From a key file to a passphrase, to another and back")
    func kinds() throws {
        let scratch = try ScratchStore.filled()
        try scratch.store().rotate(to: words)
        #expect(!FileManager.default.fileExists(atPath: scratch.keyPath))
        #expect(try scratch.store(words).verify() == 2)
        try scratch.store(words).rotate(to: otherWords)
        #expect(try scratch.store(otherWords).verify() == 2)
        #expect(throws: MegaraptorError.self) { try scratch.store(words).verify() }
        // Whatever lies in the key file's place from earlier does not stand in the way.
        try scratch.write(Array("short".utf8), to: scratch.keyPath)
        try scratch.store(otherWords).rotate(to: .file(scratch.keyPath))
        #expect(try scratch.store().verify() == 2)
        #expect(try scratch.read(scratch.keyPath).count == 32)
    }

    @Test("Killed before or after the store was replaced, the store opens, and the next change tidies up")
    func interrupted() throws {
        let scratch = try ScratchStore.filled()
        let (oldKey, oldStore) = (try scratch.read(scratch.keyPath), try scratch.read(scratch.file))
        try scratch.store().rotate(to: .file(scratch.keyPath))
        let (newKey, newStore) = (try scratch.read(scratch.keyPath), try scratch.read(scratch.file))
        let next = "\(scratch.keyPath).next"
        for (number, state) in [oldStore, newStore].enumerated() {
            try scratch.write(state, to: scratch.file)
            try scratch.write(oldKey, to: scratch.keyPath)
            try scratch.write(newKey, to: next)
            #expect(try scratch.store().verify() == 2)
            // Reading changes nothing.
            #expect(try scratch.read(scratch.keyPath) == oldKey)
            try scratch.store().put(Array("abcd".utf8), as: "later", type: .text)
            #expect(try scratch.read(scratch.keyPath) == [oldKey, newKey][number])
            #expect(try scratch.store().verify() == 3)
            try scratch.store().rotate(to: .file(scratch.keyPath))
            #expect(try scratch.store().verify() == 3)
            #expect(!FileManager.default.fileExists(atPath: next))
        }
    }

    @Test("Without a store there is nothing to rotate")
    func nothing() throws {
        let scratch = ScratchStore()
        let error = try failure { () throws(MegaraptorError) in try scratch.store().rotate(to: words) }
        #expect(error.code == .notFound)
        #expect(!FileManager.default.fileExists(atPath: scratch.keyPath))
    }

    @Test("Rotation that cannot write its key or its store leaves everything as it was", .enabled(if: geteuid() == 0))
    func refused() throws {
        let scratch = try ScratchStore.filled()
        let (key, whole) = (try scratch.read(scratch.keyPath), try scratch.read(scratch.file))
        // A folder in the place of a draft cannot be replaced by a file.
        for obstacle in ["\(scratch.keyPath).next.draft", "\(scratch.file).draft", "\(scratch.backup).draft"] {
            try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
            #expect(throws: MegaraptorError.self) { try scratch.store().rotate(to: .file(scratch.keyPath)) }
            #expect(throws: MegaraptorError.self) { try scratch.store().rotate(to: .passphrase([])) }
            try FileManager.default.removeItem(atPath: obstacle)
            #expect(try scratch.read(scratch.file) == whole && scratch.read(scratch.keyPath) == key)
            #expect(try scratch.store().verify() == 2)
        }
    }
}
