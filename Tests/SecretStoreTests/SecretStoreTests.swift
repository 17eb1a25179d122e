// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Synchronization
import Testing

@testable import SecretStore

@Suite("A store keeps secrets under names")
struct SecretStoreTests {
    @Test("What was put is there afterwards, byte for byte and with its type", arguments: SecretType.allCases)
    func roundTrip(type: SecretType) throws {
        let scratch = ScratchStore()
        let value = Array(UInt8.min...UInt8.max)
        try scratch.store().put(value, as: "a.b-c_D9", type: type)
        #expect(try scratch.store().value(of: "a.b-c_D9") == SecretValue(type: type, bytes: value))
        #expect(try scratch.store().verify() == 1)
    }

    @Test("Secrets are listed by name, with the days of their first and last change")
    func listing() throws {
        let scratch = try ScratchStore.filled()
        try scratch.store().put(Array("again".utf8), as: "lab.password", type: .text)
        let infos = try scratch.store().list()
        #expect(infos.map(\.name) == ["lab.password", "token"])
        #expect(infos.map(\.type) == [.text, .token])
        #expect(infos[0].created < infos[0].changed && infos[1].created == infos[1].changed)
        #expect(infos[0].created > 1_700_000_000_000_000)
    }

    @Test("A deleted secret is gone, the others stay")
    func deleting() throws {
        let scratch = try ScratchStore.filled()
        try scratch.store().delete("lab.password")
        #expect(try scratch.store().list().map(\.name) == ["token"])
        #expect(
            try failure { () throws(MegaraptorError) in _ = try scratch.store().value(of: "lab.password") }.code
                == .notFound
        )
        #expect(try scratch.store().value(of: "token").bytes == Array("ghp_0123456789".utf8))
    }

    @Test("Where there is no store nothing is made by looking")
    func empty() throws {
        let scratch = ScratchStore()
        #expect(try scratch.store().list().isEmpty)
        #expect(try scratch.store().verify() == nil)
        let unknown = try failure { () throws(MegaraptorError) in _ = try scratch.store().value(of: "x") }
        #expect(unknown.code == .notFound && unknown.hint.contains("secrets set x"))
        #expect(try failure { () throws(MegaraptorError) in try scratch.store().delete("x") }.code == .notFound)
        #expect(!FileManager.default.fileExists(atPath: scratch.home))
        try FileManager.default.createDirectory(atPath: scratch.home, withIntermediateDirectories: true)
    }

    @Test("Neither names nor values are taken that could not be kept or kept quiet")
    func limits() throws {
        let scratch = ScratchStore()
        let good = Array("value".utf8)
        let names = ["", "a/b", "..\u{0}", "ä", "a b", String(repeating: "x", count: 101)]
        for name in names {
            let error = try failure { () throws(MegaraptorError) in try scratch.store().put(good, as: name, type: .text)
            }
            #expect(error.code == .invalidArgument, "\(name)")
        }
        let values: [[UInt8]] = [
            [], Array("abc".utf8), Array(" \tabc\r\n ".utf8), [UInt8](repeating: 65, count: 65537),
        ]
        for value in values {
            let error = try failure { () throws(MegaraptorError) in try scratch.store().put(value, as: "x", type: .text)
            }
            #expect(error.code == .invalidArgument && !error.hint.isEmpty)
        }
        try scratch.store().put(
            [UInt8](repeating: 65, count: 65536),
            as: String(repeating: "x", count: 100),
            type: .text
        )
        try scratch.store().put(Array("abcd".utf8), as: "y", type: .text)
        #expect(try scratch.store().verify() == 2)
    }

    @Test("Values stand nowhere in clear, and files and folders are for their owner alone")
    func privacy() throws {
        let scratch = try ScratchStore.filled()
        for path in [scratch.file, scratch.backup, scratch.keyPath, "\(scratch.folder)/lock"] {
            #expect(try scratch.mode(path) == 0o600, "\(path)")
            #expect(Data(try scratch.read(path)).range(of: Data("hunter2".utf8)) == nil)
        }
        for path in [scratch.folder, "\(scratch.home)/data", "\(scratch.home)/config"] {
            #expect(try scratch.mode(path) == 0o700)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder).sorted()
        #expect(names == ["lock", "store", "store.backup"])
    }

    @Test("The same value is sealed into other bytes each time, and each store has keys of its own")
    func freshness() throws {
        let scratch = try ScratchStore.filled()
        let first = try scratch.read(scratch.file)
        try scratch.store().put(Array("hunter2!".utf8), as: "lab.password", type: .password)
        let second = try scratch.read(scratch.file)
        let entry = try StoreFile(first, of: scratch.store()).entries[0]
        let again = try StoreFile(second, of: scratch.store()).entries[0]
        #expect(entry.nonce != again.nonce && entry.sealed != again.sealed)
        let other = ScratchStore()
        try other.store().put(Array("x123".utf8), as: "x", type: .text)
        let salts = [
            try StoreFile(first, of: scratch.store()).salt,
            try StoreFile(try other.read(other.file), of: other.store()).salt,
        ]
        #expect(salts[0] != salts[1])
    }

    @Test("The backup is the state before the last change, and opens in the store's place")
    func backup() throws {
        let scratch = try ScratchStore.filled()
        try scratch.store().delete("token")
        try scratch.write(try scratch.read(scratch.backup), to: scratch.file)
        #expect(try scratch.store().list().map(\.name) == ["lab.password", "token"])
    }

    @Test("Many writers at once lose nothing, and readers always see a whole store")
    func writers() throws {
        let scratch = ScratchStore()
        let failures = Mutex<[String]>([])
        // Threads of their own: tasks would wait for each other on a small machine.
        let ended = DispatchSemaphore(value: 0)
        for writer in 0..<8 {
            Thread.detachNewThread {
                do {
                    for number in 0..<6 {
                        try scratch.store().put(Array("value \(writer)".utf8), as: "\(writer).\(number)", type: .text)
                        _ = try scratch.store().verify()
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
                ended.signal()
            }
        }
        for _ in 0..<8 { ended.wait() }
        #expect(failures.withLock { $0 } == [])
        #expect(try scratch.store().verify() == 48)
    }

    @Test("The drafts of a killed writer harm nothing")
    func interruptedWriter() throws {
        let scratch = try ScratchStore.filled()
        try scratch.write(Array("half".utf8), to: "\(scratch.file).draft")
        try scratch.write(Array("half".utf8), to: "\(scratch.backup).draft")
        #expect(try scratch.store().verify() == 2)
        try scratch.store().put(Array("more".utf8), as: "more", type: .text)
        #expect(try scratch.store().verify() == 3)
        // Killed between the backup and the new file, both names stand for one file.
        try FileManager.default.removeItem(atPath: scratch.backup)
        try FileManager.default.linkItem(atPath: scratch.file, toPath: scratch.backup)
        try scratch.store().delete("more")
        #expect(try scratch.store().verify() == 2)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder).sorted()
        #expect(names == ["lock", "store", "store.backup"])
        #expect(try StoreFile(try scratch.read(scratch.backup), of: scratch.store()).entries.count == 3)
    }
}

@Suite("A store that others can reach is refused with the command that helps")
struct SecretModeTests {
    @Test("Group and others, on the file, its folder and the key", arguments: [0o640, 0o604, 0o660, 0o666])
    func modes(mode: Int) throws {
        let scratch = try ScratchStore.filled()
        let folderMode = mode | (mode & 0o444) >> 2
        for (path, wrong, right) in [
            (scratch.file, mode, "600"), (scratch.keyPath, mode, "600"), (scratch.folder, folderMode, "700"),
        ] {
            let before = try scratch.mode(path)
            try scratch.setMode(wrong, path)
            let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }
            #expect(error.code == .permissionDenied && error.hint.contains("chmod \(right) '\(path)'"), "\(error)")
            let put = try failure { () throws(MegaraptorError) in
                try scratch.store().put(Array("abcd".utf8), as: "x", type: .text)
            }
            #expect(put.code == .permissionDenied)
            try scratch.setMode(before, path)
        }
        #expect(try scratch.store().verify() == 2)
    }

    @Test("A passphrase file is held to the same")
    func passphraseFile() throws {
        let scratch = ScratchStore()
        try FileManager.default.createDirectory(atPath: scratch.home, withIntermediateDirectories: true)
        let path = "\(scratch.home)/words"
        try scratch.write(Array("correct horse battery\n".utf8), to: path)
        try scratch.setMode(0o644, path)
        let error = try failure { () throws(MegaraptorError) in
            try scratch.store(.passphraseFile(path)).put(Array("abcd".utf8), as: "x", type: .text)
        }
        #expect(error.hint.contains("chmod 600 '\(path)'"))
    }

    @Test("A link, a folder and another user's file are no store", .enabled(if: geteuid() == 0))
    func others() throws {
        let scratch = try ScratchStore.filled()
        chown(scratch.file, 12345, 12345)
        let foreign = try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }
        #expect(foreign.code == .permissionDenied && foreign.hint.contains("chown 0"))
        chown(scratch.file, 0, 0)
        try FileManager.default.moveItem(atPath: scratch.file, toPath: "\(scratch.home)/elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file,
            withDestinationPath: "\(scratch.home)/elsewhere"
        )
        #expect(throws: MegaraptorError.self) { try scratch.store().list() }
        try FileManager.default.removeItem(atPath: scratch.file)
        try FileManager.default.createDirectory(
            atPath: scratch.file,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        #expect(
            try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }.message.contains("plain file")
        )
    }
}
