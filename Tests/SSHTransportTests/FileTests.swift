// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import SSHTestbed
import SSHTransport
import Synchronization
import Testing

@Suite("Files", .timeLimit(.minutes(2)))
struct FileTests {
    private let bytes = (0..<3_000_017).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func place(_ server: SSHTestServer) throws -> URL {
        let folder = server.folder.appending(path: "place")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        return folder
    }

    @Test("an upload arrives whole with its mode, in the place of what was there")
    func upload() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            let target = folder.appending(path: "a file")
            try Data("old".utf8).write(to: target)
            let source = server.folder.appending(path: "source")
            try Data(bytes).write(to: source)
            let steps = Mutex<[Int64]>([])
            let digest = try await connection.upload(
                Upload(.file(source.path), to: target.path, mode: 0o750) { done, total in
                    steps.withLock { $0.append(done) }
                    #expect(total == 3_000_017)
                }
            )
            #expect(try Data(contentsOf: target) == Data(bytes))
            #expect(try SSHTestServer.output("/usr/bin/sha256sum", [target.path]).hasPrefix(digest))
            #expect(try names(folder) == ["a file"])
            #expect(try await connection.stat(target.path)?.mode == 0o750)
            let done = steps.withLock { $0 }
            #expect(done == done.sorted())
            #expect(done.last == 3_000_017)
            #expect(try await connection.download(target.path) == bytes)
            #expect(try await connection.sha256(target.path) == digest)
        }
    }

    @Test("where commands are refused, what arrived is read back instead")
    func withoutCommands() async throws {
        try await SSHTestServer.reached(extra: ["ForceCommand internal-sftp"]) { connection, server in
            let target = try place(server).appending(path: "file").path
            try await connection.upload(Upload(.bytes(bytes), to: target, mode: 0o600))
            #expect(try Data(contentsOf: URL(filePath: target)) == Data(bytes))
        }
    }

    @Test("content that does not hash to what was demanded is not put in place")
    func wrongDigest() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            let upload = Upload(
                .bytes([1]),
                to: "\(folder.path)/x",
                mode: 0o600,
                sha256: String(repeating: "0", count: 64)
            )
            let error = await #expect(throws: MegaraptorError.self) { try await connection.upload(upload) }
            #expect(error?.code == .failedPrecondition)
            #expect(try names(folder) == [])
        }
    }

    @Test("a cancelled upload leaves the old file and no other")
    func cancelled() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            let target = folder.appending(path: "file")
            try Data("old".utf8).write(to: target)
            let (halfway, reached) = AsyncStream<Void>.makeStream()
            let hold = DispatchSemaphore(value: 0)
            let upload = Upload(.bytes(bytes), to: target.path, mode: 0o600) { done, _ in
                guard done > 1_000_000, done < 1_050_000 else { return }
                reached.finish()
                hold.wait()
            }
            let running = Task { try await connection.upload(upload) }
            for await _ in halfway {}
            #expect(try names(folder).count == 2)
            running.cancel()
            hold.signal()
            hold.signal()
            let error = await #expect(throws: MegaraptorError.self) { try await running.value }
            #expect(error?.code == .cancelled)
            #expect(try names(folder) == ["file"])
            #expect(try Data(contentsOf: target) == Data("old".utf8))
        }
    }

    @Test("a connection that is cut in the middle leaves the old file in its place and is told as lost")
    func cut() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            let target = folder.appending(path: "file")
            try Data("old".utf8).write(to: target)
            let sessions = server.sessions
            let upload = Upload(.bytes(bytes), to: target.path, mode: 0o600) { done, _ in
                if done > 1_000_000 { for session in sessions { kill(session, SIGKILL) } }
            }
            let error = await #expect(throws: MegaraptorError.self) { try await connection.upload(upload) }
            #expect(error?.code == .unavailable)
            #expect(error?.retryable == false)
            #expect(try Data(contentsOf: target) == Data("old".utf8))
        }
    }

    @Test("a half-written file can be read by its owner only")
    func secrecy() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            let seen = Mutex<[Int]>([])
            let upload = Upload(.bytes(bytes), to: "\(folder.path)/x", mode: 0o644) { _, _ in
                for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
                    let facts = try? FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
                    seen.withLock { $0.append((facts?[.posixPermissions] as? Int) ?? -1) }
                }
            }
            try await connection.upload(upload)
            let modes = seen.withLock { Set($0) }
            #expect(modes == [0o600])
            #expect(try await connection.stat("\(folder.path)/x")?.mode == 0o644)
        }
    }

    @Test("folders are made, listed and removed; twice is no fault")
    func folders() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = "\(try place(server).path)/inner"
            #expect(try await connection.makeFolder(folder, mode: 0o700))
            #expect(try await connection.makeFolder(folder, mode: 0o777) == false)
            #expect(try await connection.stat(folder)?.kind == .folder)
            #expect(try await connection.stat(folder)?.mode == 0o700)
            for number in 0..<300 {
                _ = FileManager.default.createFile(atPath: "\(folder)/f\(number)", contents: Data([1]))
            }
            let found = try await connection.list(folder)
            #expect(found.count == 300)
            #expect(found.first?.path == "\(folder)/f0")
            #expect(found.first?.size == 1)
            for file in found { #expect(try await connection.removeFile(file.path)) }
            #expect(try await connection.removeFolder(folder))
            #expect(try await connection.removeFolder(folder) == false)
            #expect(try await connection.removeFile(folder) == false)
            #expect(try await connection.stat(folder) == nil)
        }
    }

    @Test("faults are told in words")
    func faults() async throws {
        try await SSHTestServer.reached { connection, server in
            let missing = await #expect(throws: MegaraptorError.self) { try await connection.download("/nowhere/x") }
            #expect(missing?.code == .notFound)
            let long = await #expect(throws: MegaraptorError.self) {
                try await connection.download("/usr/sbin/sshd", limit: 100)
            }
            #expect(long?.code == .resourceExhausted)
            let folder = try place(server)
            let noSource = await #expect(throws: MegaraptorError.self) {
                try await connection.upload(Upload(.file("/nowhere/x"), to: "\(folder.path)/x", mode: 0o600))
            }
            #expect(noSource?.code == .notFound)
            #expect(try await connection.download("\(server.folder.path)/user_key.pub").count > 50)
        }
    }

    @Test("a full disk is called by its name")
    func fullDisk() async throws {
        try await SSHTestServer.reached { connection, server in
            let folder = try place(server)
            try SSHTestServer.output("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "none", folder.path])
            defer { _ = try? SSHTestServer.output("/usr/bin/umount", ["-l", folder.path]) }
            let error = await #expect(throws: MegaraptorError.self) {
                try await connection.upload(Upload(.bytes(bytes), to: "\(folder.path)/x", mode: 0o600))
            }
            #expect(error?.code == .resourceExhausted)
            #expect(error?.message.contains("the disk is full") == true)
            #expect(try names(folder) == [])
        }
    }
}
