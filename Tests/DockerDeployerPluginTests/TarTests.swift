// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("Archives")
struct TarTests {
    private let entries = [
        TarEntry("data", mode: 0o700, owner: 10_001, .folder),
        TarEntry("data/file", mode: 0o400, owner: 10_001, .bytes(Array("hello".utf8))),
        TarEntry("empty", mode: 0o644, .bytes([])),
    ]

    private func withFolder<Answer>(_ body: (URL) throws -> Answer) throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-tar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    @Test("equal entries give equal bytes, as many as were announced")
    func deterministic() throws {
        let stream = try TarStream(entries)
        let bytes = try stream.bytes()
        #expect(Int64(bytes.count) == stream.length)
        #expect(try TarStream(entries).bytes() == bytes)
        #expect(bytes.count.isMultiple(of: 512))
    }

    @Test("the system's tar reads names, owners, modes and content")
    func systemTar() throws {
        try withFolder { folder in
            let archive = folder.appendingPathComponent("a.tar")
            try Data(try TarStream(entries).bytes()).write(to: archive)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/tar")
            process.arguments = ["--numeric-owner", "-tvf", archive.path]
            process.environment = ["TZ": "UTC", "LC_ALL": "C"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(
                text == """
                    drwx------ 10001/10001       0 1970-01-01 00:00 data/
                    -r-------- 10001/10001       5 1970-01-01 00:00 data/file
                    -rw-r--r-- 0/0               0 1970-01-01 00:00 empty

                    """
            )
        }
    }

    @Test("what was written is read back")
    func readBack() throws {
        #expect(TarFormat.firstFile(in: try TarStream(entries).bytes()) == entries[1])
        #expect(TarFormat.firstFile(in: try TarStream([entries[0]]).bytes()) == nil)
    }

    @Test("an archive that is cut or nonsense holds no file", arguments: [0, 1, 511, 512, 1024, 1028])
    func cut(count: Int) throws {
        let bytes = try TarStream(entries).bytes()
        #expect(TarFormat.firstFile(in: Array(bytes.prefix(count))) == nil)
        #expect(TarFormat.firstFile(in: [UInt8](repeating: 0xFF, count: count)) == nil)
    }

    @Test("a file of this machine is sent in pieces and must be the one that was announced")
    func file() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("program").path
            let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
            try Data(content).write(to: URL(fileURLWithPath: path))
            let entry = TarEntry("program", mode: 0o755, .file(path: path, size: 200_000))
            let digest = Hexadecimal.encode(try SHA256.digest(content))
            let whole = try TarStream([entry], filesAre: digest).bytes()
            #expect(whole == (try TarStream([TarEntry("program", mode: 0o755, .bytes(content))]).bytes()))
            #expect(throws: MegaraptorError.self) {
                try TarStream([entry], filesAre: String(repeating: "0", count: 64)).bytes()
            }
            let longer = TarEntry("program", mode: 0o755, .file(path: path, size: 200_001))
            #expect(throws: MegaraptorError.self) { try TarStream([longer], filesAre: digest).bytes() }
        }
    }

    @Test("a name that does not fit is refused instead of cut", arguments: ["", String(repeating: "n", count: 100)])
    func longName(name: String) {
        #expect(throws: MegaraptorError.self) { try TarStream([TarEntry(name, mode: 0o644, .bytes([]))]) }
    }
}
