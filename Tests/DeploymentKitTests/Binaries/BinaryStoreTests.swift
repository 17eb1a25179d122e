// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import Foundation
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing

@Suite("The store of programs")
struct BinaryStoreTests {
    private let asset = ReleaseAsset(.known, .anyLinux)
    private static let release = "v0.77.2/velociraptor-v0.77.2-linux-amd64-musl"

    /// A mirror with one program of three mebibytes, its sum, and an empty store.
    private func withMirror(
        _ body: (_ scratch: ScratchFolder, _ base: String, _ sum: String, _ store: BinaryStore) async throws -> Void
    ) async throws {
        try await ScratchFolder.with { scratch in
            _ = try scratch.run("mkdir", "v0.77.2")
            let bytes = ProgramImageTests.elf(machine: 0x3E) + [UInt8](repeating: 7, count: 3 << 20)
            try Data(bytes).write(to: URL(filePath: scratch.file(Self.release)))
            let sum = String(try scratch.run("sha256sum", Self.release).output.prefix(64))
            let store = BinaryStore(folder: scratch.file("store"))
            try await ReleaseServer.with(scratch) { base in try await body(scratch, base, sum, store) }
        }
    }

    private func asked(_ scratch: ScratchFolder) throws -> [Substring] {
        FileManager.default.fileExists(atPath: scratch.file("asked"))
            ? try scratch.read("asked").split(separator: "\n") : []
    }

    /// Nothing is in the store that a deployer could take for a program.
    private func isEmpty(_ scratch: ScratchFolder) throws -> Bool {
        guard FileManager.default.fileExists(atPath: scratch.file("store")) else { return true }
        return try scratch.names(in: "store").isEmpty
    }

    @Test("A program is fetched once, checked, kept by its sum for its owner, and its progress is told")
    func fetch() async throws {
        try await withMirror { scratch, base, sum, store in
            let told = Mutex<[(Int64, Int64?)]>([])
            let first = try await store.fetch(asset, from: .releases(base), sha256: sum.uppercased()) { done, whole in
                told.withLock { $0.append((done, whole)) }
            }
            #expect(first.path == scratch.file("store/\(sum)/velociraptor-v0.77.2-linux-amd64-musl"))
            #expect(first.sha256 == sum && !first.wasKept)
            #expect(
                try Data(contentsOf: URL(filePath: first.path))
                    == Data(contentsOf: URL(filePath: scratch.file(Self.release)))
            )
            #expect(try scratch.mode("store/\(sum)/velociraptor-v0.77.2-linux-amd64-musl") == 0o700)
            #expect(
                first.specification == .init(path: first.path, sha256: sum, version: "0.77.2", architecture: "amd64")
            )
            let progress = told.withLock { $0 }
            #expect(progress.count > 2 && progress.last?.0 == first.size && progress.allSatisfy { $0.1 == first.size })
            #expect(zip(progress, progress.dropFirst()).allSatisfy { $0.0 <= $1.0 })
            let second = try await store.fetch(asset, from: .releases(base), sha256: sum)
            #expect(second.wasKept && second.path == first.path)
            #expect(try asked(scratch) == ["/\(Self.release)"])
            #expect(try scratch.names(in: "store") == [sum])
        }
    }

    @Test("Without a sum nothing is fetched, and the way to one is told")
    func noSum() async throws {
        try await withMirror { scratch, base, _, store in
            for source in [BinarySource.releases(base), .url(base + "/" + Self.release), .vendor] {
                let error = await #expect(throws: MegaraptorError.self) {
                    try await store.fetch(asset, from: source, sha256: nil)
                }
                #expect(error?.code == .failedPrecondition && error?.hint.contains("gpg --verify") == true)
            }
            let (asked, isEmpty) = (try asked(scratch), try isEmpty(scratch))
            #expect(asked.isEmpty && isEmpty)
        }
    }

    @Test("A changed file is not kept")
    func wrongSum() async throws {
        try await withMirror { scratch, base, sum, store in
            let other = String(repeating: "0", count: 64)
            let error = await #expect(throws: MegaraptorError.self) {
                try await store.fetch(asset, from: .releases(base), sha256: other)
            }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains(sum) == true && error?.message.contains(other) == true)
            let isEmpty = try isEmpty(scratch)
            #expect(isEmpty)
        }
    }

    private static let useless: [(String, MegaraptorError.Code, String)] = [
        ("/v0.77.2/nothing", .notFound, "There is no file at"), ("/busy", .unavailable, "HTTP 503"),
        ("/page", .failedPrecondition, "is a web page, not a Linux program for amd64"),
        ("/other", .failedPrecondition, "is a Linux program for arm64, not a Linux program for amd64"),
        ("/short", .failedPrecondition, "so it is not whole"), ("/cut/\(release)", .unavailable, "/cut/"),
        ("/endless", .resourceExhausted, "is larger than"),
    ]

    @Test(
        "Error pages, programs for other machines and halves are not kept, whatever sum they have",
        arguments: useless
    )
    func broken(path: String, code: MegaraptorError.Code, message: String) async throws {
        try await withMirror { scratch, base, sum, store in
            try scratch.write("<html>Sign in</html>", to: "page")
            try Data(ProgramImageTests.elf(machine: 0xB7)).write(to: URL(filePath: scratch.file("other")))
            try Data(ProgramImageTests.elf(machine: 0x3E)).write(to: URL(filePath: scratch.file("short")))
            let file = ["/page", "/other", "/short"].contains(path) ? String(path.dropFirst()) : Self.release
            let right = String(try scratch.run("sha256sum", file).output.prefix(64))
            var store = store
            store.sizes = (1 << 20)...(8 << 20)
            let error = await #expect(throws: MegaraptorError.self) {
                try await store.fetch(asset, from: .url(base + path), sha256: right)
            }
            #expect(error?.code == code && error?.message.contains(message) == true, "\(error as Any)")
            let isEmpty = try isEmpty(scratch)
            #expect(isEmpty)
        }
    }

    @Test("Redirects are followed, as the vendor's files lie behind them")
    func redirect() async throws {
        try await withMirror { _, base, sum, store in
            let stored = try await store.fetch(asset, from: .releases(base + "/elsewhere"), sha256: sum)
            #expect(stored.sha256 == sum)
        }
    }

    @Test("A file of this machine needs no sum, but must be a program, and must fit a sum that is given")
    func local() async throws {
        try await withMirror { scratch, _, sum, store in
            let stored = try await store.fetch(asset, from: .file(scratch.file(Self.release)), sha256: nil)
            #expect(stored.sha256 == sum)
            let mirror = try await store.fetch(asset, from: .releases(scratch.path), sha256: sum)
            #expect(mirror.wasKept)
            try scratch.write("#!/bin/sh\n", to: "script")
            let sources = ["script", "nothing", "v0.77.2"].map { BinarySource.file(scratch.file($0)) }
            for source in sources + [.file("/dev/zero")] {
                await #expect(throws: MegaraptorError.self) { try await store.fetch(asset, from: source, sha256: nil) }
            }
            let wrong = String(repeating: "0", count: 64)
            await #expect(throws: MegaraptorError.self) {
                try await store.fetch(asset, from: .file(scratch.file(Self.release)), sha256: wrong)
            }
            #expect(try scratch.names(in: "store") == [sum])
        }
    }

    @Test("A kept program that was damaged is thrown away and fetched again")
    func damaged() async throws {
        try await withMirror { scratch, base, sum, store in
            let first = try await store.fetch(asset, from: .releases(base), sha256: sum)
            let file = try FileHandle(forWritingTo: URL(filePath: first.path))
            try file.seekToEnd()
            try file.write(contentsOf: Data([0]))
            try file.close()
            #expect(try await store.kept(asset, sha256: sum) == nil)
            let again = try await store.fetch(asset, from: .releases(base), sha256: sum)
            #expect(!again.wasKept && again.sha256 == sum)
            #expect(try await store.kept(asset, sha256: sum)?.wasKept == true)
        }
    }

    @Test("What a killed process left a day ago is cleared away, and what is younger is not")
    func leftovers() async throws {
        try await withMirror { scratch, base, sum, store in
            _ = try scratch.run("mkdir", "-m", "700", "store")
            try scratch.write("old", to: "store/incoming-1")
            try scratch.write("new", to: "store/incoming-2")
            _ = try scratch.run("touch", "-d", "2 days ago", "store/incoming-1")
            _ = try await store.fetch(asset, from: .releases(base), sha256: sum)
            #expect(try scratch.names(in: "store") == [sum, "incoming-2"].sorted())
        }
    }

    @Test("A task that is cancelled leaves nothing")
    func cancelled() async throws {
        try await withMirror { scratch, base, sum, store in
            let started = AsyncStream<Void>.makeStream()
            let task = Task {
                try await store.fetch(asset, from: .url(base + "/endless"), sha256: sum) { _, _ in
                    started.continuation.yield()
                }
            }
            for await _ in started.stream { break }
            task.cancel()
            let error = await #expect(throws: MegaraptorError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            let isEmpty = try isEmpty(scratch)
            #expect(isEmpty)
        }
    }
}
