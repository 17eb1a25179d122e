// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Testing

@testable import PluginTrust

@Suite("Quarantine")
struct QuarantineTests {
    private let scratch: ScratchFolder
    private let library: String
    private let quarantine: Quarantine

    init() throws {
        scratch = try ScratchFolder()
        library = try scratch.write("code", to: "libX.so")
        quarantine = Quarantine(folder: "\(scratch.path)/state/quarantine")
    }

    @Test("A library that misbehaved is remembered with the reason")
    func remembered() throws {
        let identity = try LibraryIdentity(reading: library)
        #expect(try quarantine.record(of: "org.example.x", for: identity) == nil)
        let put = try quarantine.put("org.example.x", identity, reason: "It crashed with SIGSEGV.")
        let found = try #require(try quarantine.record(of: "org.example.x", for: identity))
        #expect(found == put)
        #expect(found.reason == "It crashed with SIGSEGV.")
        #expect(found.seemsCurrent)
        #expect(try quarantine.record(of: "org.example.other", for: identity) == nil)
    }

    @Test("A record ends with the content that it speaks of, even at the same size and time")
    func changed() throws {
        let before = try LibraryIdentity(reading: library)
        try quarantine.put("org.example.x", before, reason: "It hung.")
        let time = try FileManager.default.attributesOfItem(atPath: library)[.modificationDate]
        try scratch.write("edoc", to: "libX.so")
        try FileManager.default.setAttributes([.modificationDate: try #require(time)], ofItemAtPath: library)
        #expect(try quarantine.record(of: "org.example.x", for: LibraryIdentity(reading: library)) == nil)
        #expect(try quarantine.record(of: "org.example.x") != nil)
    }

    @Test("Release ends a record, and says whether there was one")
    func released() throws {
        try quarantine.put("org.example.x", LibraryIdentity(reading: library), reason: "It hung.")
        #expect(try quarantine.release("org.example.x"))
        #expect(try quarantine.record(of: "org.example.x") == nil)
        #expect(try !quarantine.release("org.example.x"))
    }

    @Test("A record that cannot be read is not taken for none, and can be released")
    func damaged() throws {
        let identity = try LibraryIdentity(reading: library)
        try quarantine.put("org.example.x", identity, reason: "It hung.")
        try scratch.write("{\"path\": \"", to: "state/quarantine/org.example.x.json")
        let error = #expect(throws: MegaraptorError.self) {
            try quarantine.record(of: "org.example.x", for: identity)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.hint == "megaraptor-mcp plugins release org.example.x removes it.")
        #expect(try quarantine.release("org.example.x"))
    }

    @Test("Records are for nobody but this user")
    func modes() throws {
        try quarantine.put("org.example.x", LibraryIdentity(reading: library), reason: "It hung.")
        let folder = try #require(FileStatus("\(scratch.path)/state/quarantine", followsLinks: false))
        let file = try #require(
            FileStatus("\(scratch.path)/state/quarantine/org.example.x.json", followsLinks: false)
        )
        #expect(folder.mode & 0o7777 == 0o700)
        #expect(file.mode & 0o7777 == 0o600)
    }

    @Test("No id leaves the folder", arguments: ["", "..", "a/b", ".hidden"])
    func ids(id: String) {
        #expect(throws: MegaraptorError.self) { try quarantine.release(id) }
    }

    @Test("A library is the same until its content, its file or its path changes")
    func states() throws {
        let identity = try LibraryIdentity(reading: library)
        #expect(identity.sha256 == "5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b")
        #expect(identity.state == .same)
        let other = try scratch.write("code", to: "other.so")
        #expect(rename(other, library) == 0)
        #expect(identity.state == .changed)
        #expect(throws: MegaraptorError.self) { try identity.requireUnchanged() }
        #expect(unlink(library) == 0)
        #expect(identity.state == .gone)
    }
}
