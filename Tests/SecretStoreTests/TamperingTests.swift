// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Foundation
import MegaraptorErrors
import Testing

@testable import SecretStore

@Suite("A changed store is found out and left as it is")
struct TamperingTests {
    /// Reads the store with these bytes in its place, and checks that reading and writing left them there.
    private func fault(of bytes: [UInt8], _ scratch: ScratchStore) throws -> StoreFault? {
        try scratch.write(bytes, to: scratch.file)
        let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().verify() }
        #expect(error.hint.contains("Nothing was changed."))
        return error.fault
    }

    private func isLeftAlone(_ bytes: [UInt8], _ scratch: ScratchStore) throws {
        let store = scratch.store()
        #expect(throws: MegaraptorError.self) { try store.put(Array("abcd".utf8), as: "x", type: .text) }
        #expect(throws: MegaraptorError.self) { try store.delete("token") }
        #expect(throws: MegaraptorError.self) { try store.rotate(to: .file(scratch.keyPath)) }
        #expect(try scratch.read(scratch.file) == bytes)
    }

    @Test("Every flipped bit is damage, never wrong data, never a wrong key")
    func bits() throws {
        let scratch = try ScratchStore.filled()
        let whole = try scratch.read(scratch.file)
        for place in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[place] ^= 1 << UInt8(bit)
                #expect(try fault(of: bytes, scratch) == .damaged, "byte \(place) bit \(bit)")
            }
        }
        try isLeftAlone(scratch.read(scratch.file), scratch)
    }

    @Test("Whoever changes a byte and makes the sums fit is found out all the same")
    func forgery() throws {
        let scratch = try ScratchStore.filled()
        let whole = try scratch.read(scratch.file)
        let salt = 32..<64
        // The sums themselves are made to fit again, so the file is whole.
        for place in 8..<whole.count - 32 where !(20..<28).contains(place) {
            var bytes = whole
            bytes[place] ^= 0x40
            let forgery = try forged(bytes)
            try scratch.write(forgery, to: scratch.file)
            let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().verify() }
            switch place {
            case 8..<12: #expect(error.code == .unsupported)
            case 12..<20: #expect([.damaged, .halfWritten].contains(error.fault))
            // A file that says what the key must be can only be told from another key's by its key.
            case salt: #expect(error.fault == .wrongKey, "byte \(place)")
            // Now it has iterations that are allowed, so it asks for a passphrase.
            case 29: #expect(error.fault == .wrongKey && error.hint.contains("passphrase"))
            default: #expect(error.fault == .damaged, "byte \(place): \(error)")
            }
        }
        try isLeftAlone(scratch.read(scratch.file), scratch)
    }

    @Test("A file that ends early is half written, at every length; one that goes on is damaged")
    func truncation() throws {
        let scratch = try ScratchStore.filled()
        let whole = try scratch.read(scratch.file)
        for length in whole.indices {
            #expect(try fault(of: Array(whole.prefix(length)), scratch) == .halfWritten, "length \(length)")
        }
        #expect(try fault(of: whole + [0], scratch) == .damaged)
        try isLeftAlone(whole + [0], scratch)
        #expect(try fault(of: Array("{\"not\": \"a store\"}".utf8), scratch) == .damaged)
        let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }
        #expect(error.hint.contains("cp -p '\(scratch.backup)' '\(scratch.file)'"))
    }

    /// A store with its entries changed by somebody who has no key.
    private func edited(_ whole: [UInt8], _ edit: (inout [StoreFile.Entry]) -> Void) throws -> [UInt8] {
        var file = try StoreFile(whole, of: SecretStore(folder: "/nonexistent", key: .file("")))
        edit(&file.entries)
        let strange = try StoreKeys([UInt8](repeating: 0, count: 32), salt: file.salt)
        var bytes = try file.bytes(strange)
        bytes.replaceSubrange(48..<64, with: file.check)
        return try forged(bytes)
    }

    @Test("Entries that are dropped, swapped, renamed or taken from an older file are found out")
    func entries() throws {
        let scratch = try ScratchStore.filled()
        let old = try StoreFile(try scratch.read(scratch.file), of: scratch.store()).entries[0]
        try scratch.store().put(Array("a new password".utf8), as: "lab.password", type: .password)
        let whole = try scratch.read(scratch.file)
        let edits: [(inout [StoreFile.Entry]) -> Void] = [
            { _ = $0.removeLast() },
            { $0.swapAt(0, 1) },
            { $0[0] = old },
            { $0.append($0[0]) },
            { $0[0] = StoreFile.Entry(info: $0[1].info, nonce: $0[0].nonce, sealed: $0[0].sealed) },
        ]
        for (number, edit) in edits.enumerated() {
            let fault = try fault(of: try edited(whole, edit), scratch)
            #expect(fault == .damaged, "edit \(number)")
        }
    }

    @Test("An entry opens only under the name and type it was sealed for, even with the right sums")
    func associated() throws {
        let scratch = try ScratchStore.filled()
        let key = try scratch.read(scratch.keyPath)
        let whole = try scratch.read(scratch.file)
        let file = try StoreFile(whole, of: scratch.store())
        let keys = try StoreKeys(key, salt: file.salt)
        let (first, second) = (file.entries[0], file.entries[1])
        #expect(try first.open(keys) == Array("hunter2!".utf8))
        #expect(try StoreFile.Entry(info: second.info, nonce: first.nonce, sealed: first.sealed).open(keys) == nil)
        let retyped = SecretInfo(name: first.info.name, type: .text, created: 0, changed: 0)
        #expect(try StoreFile.Entry(info: retyped, nonce: first.nonce, sealed: first.sealed).open(keys) == nil)
        #expect(Set([keys.encryption, keys.authentication, keys.check]).count == 3)
    }

    @Test("A file that asks for too many or too few iterations is refused before anything is computed")
    func iterations() throws {
        let scratch = try ScratchStore.filled()
        let whole = try scratch.read(scratch.file)
        for count: UInt32 in [1, 599_999, 10_000_001, .max] {
            var bytes = whole
            bytes.replaceSubrange(28..<32, with: withUnsafeBytes(of: count.bigEndian) { Array($0) })
            try scratch.write(try forged(bytes), to: scratch.file)
            let store = scratch.store(.passphrase(Array("correct horse battery".utf8)))
            let error = try failure { () throws(MegaraptorError) in _ = try store.list() }
            #expect(error.fault == .damaged && error.message.contains("\(count) iterations"))
        }
    }

    @Test("A store of a later version is not taken for a damaged one")
    func laterVersion() throws {
        let scratch = try ScratchStore.filled()
        var bytes = try scratch.read(scratch.file)
        bytes[11] = 2
        try scratch.write(try forged(bytes), to: scratch.file)
        let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }
        #expect(error.code == .unsupported && error.message.contains("version 2"))
    }

    @Test("A store that is gone while its backup is there is not begun anew")
    func missing() throws {
        let scratch = try ScratchStore.filled()
        try FileManager.default.removeItem(atPath: scratch.file)
        let error = try failure { () throws(MegaraptorError) in _ = try scratch.store().list() }
        #expect(error.fault == .missing && error.hint.contains(scratch.backup))
        #expect(throws: MegaraptorError.self) { try scratch.store().put(Array("abcd".utf8), as: "x", type: .text) }
        #expect(!FileManager.default.fileExists(atPath: scratch.file))
    }
}
