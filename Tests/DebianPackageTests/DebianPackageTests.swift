// SPDX-License-Identifier: Apache-2.0

import DebianPackage
import Foundation
import MegaraptorErrors
import Testing

@Suite("A package is one that Debian's own tools take")
struct DebianPackageTests {
    @Test("dpkg-deb reads name, version, owner and modes, and unpacks what was packed, of odd and even size")
    func isRead() async throws {
        try Scratch.with { folder in
            let source = folder.appending(path: "source")
            let program = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            try program.write(to: source)
            let package = Self.package([
                PackagedFile("/usr/local/bin/agent", mode: 0o755, .file(source.path)),
                PackagedFile("/etc/agent/odd.yaml", mode: 0o600, .bytes(Array("odd".utf8))),
                PackagedFile("/etc/agent/empty", mode: 0o644, .bytes([])),
            ])
            let deb = folder.appending(path: "agent.deb").path
            try package.write(to: deb, time: 1_700_000_000)
            let about = try Scratch.run("/usr/bin/dpkg-deb", ["--info", deb])
            for word in ["Package: agent", "Version: 1.2.3", "Architecture: amd64", "postinst"] {
                #expect(about.contains(word))
            }
            let listing = try Scratch.run("/usr/bin/dpkg-deb", ["--contents", deb])
            #expect(listing.contains("-rwxr-xr-x root/root   3000001 2023-11-14"))
            #expect(listing.contains("-rw------- root/root"))
            let unpacked = folder.appending(path: "unpacked").path
            _ = try Scratch.run("/usr/bin/dpkg-deb", ["--extract", deb, unpacked])
            #expect(FileManager.default.contents(atPath: "\(unpacked)/usr/local/bin/agent") == program)
            #expect(FileManager.default.contents(atPath: "\(unpacked)/etc/agent/odd.yaml") == Data("odd".utf8))
            #expect(FileManager.default.contents(atPath: "\(unpacked)/etc/agent/empty") == Data())
            let mode = try FileManager.default.attributesOfItem(atPath: deb)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "agent.deb", "source", "unpacked",
                ]
            )
        }
    }

    @Test("what is there already stays as it is, and where something cannot be packed nothing stays")
    func nothingIsLost() throws {
        try Scratch.with { folder in
            let deb = folder.appending(path: "agent.deb")
            try Data("somebody's".utf8).write(to: deb)
            let whole = Self.package([PackagedFile("/a", mode: 0o644, .bytes([1]))])
            #expect(throws: MegaraptorError.self) { try whole.write(to: deb.path, time: 0) }
            #expect(try Data(contentsOf: deb) == Data("somebody's".utf8))
            let broken = Self.package([PackagedFile("/a", mode: 0o644, .file(folder.path + "/none"))])
            let other = folder.appending(path: "other.deb")
            let error = #expect(throws: MegaraptorError.self) { try broken.write(to: other.path, time: 0) }
            #expect(error?.code == .notFound)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["agent.deb"])
        }
    }

    @Test("a path too long for the format is refused")
    func tooLong() throws {
        try Scratch.with { folder in
            let long = "/" + String(repeating: "x", count: 120)
            let package = Self.package([PackagedFile(long, mode: 0o644, .bytes([]))])
            let error = #expect(throws: MegaraptorError.self) {
                try package.write(to: folder.path + "/a.deb", time: 0)
            }
            #expect(error?.code == .invalidArgument)
        }
    }

    private static func package(_ files: [PackagedFile]) -> DebianPackage {
        DebianPackage(
            name: "agent",
            version: "1.2.3",
            architecture: "amd64",
            maintainer: "Nobody <nobody@example.org>",
            summary: "An agent",
            description: ["Of a test."],
            files: files,
            scripts: ["postinst": "#!/bin/sh\nexit 0\n"]
        )
    }
}

/// A folder for one test, and Debian's tools.
enum Scratch {
    static func with(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deb-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments): \(text)")
        return text
    }
}
