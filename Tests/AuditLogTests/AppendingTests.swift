// SPDX-License-Identifier: Apache-2.0

import AuditLog
import Cryptography
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Appending to the audit log")
struct AppendingTests {
    private let scratch = ScratchLog()

    @Test("Nothing is made before the first record; then the folder and its files are their owner's alone")
    func private_() throws {
        let trail = AuditTrail(path: scratch.path)
        #expect(!FileManager.default.fileExists(atPath: scratch.folder.path))
        try trail.append(["kind": "intent"])
        #expect(try scratch.names == ["audit.head", "audit.jsonl"])
        #expect(try scratch.mode("audit") == 0o700)
        #expect(try scratch.mode("audit/audit.jsonl") == 0o600)
        #expect(try scratch.mode("audit/audit.head") == 0o600)
    }

    @Test("Each record has its number, the time and the hash of the one before, and its own hash is that of its bytes")
    func chain() throws {
        let trail = AuditTrail(path: scratch.path)
        for n in 1...3 { try trail.append(["kind": "intent", "n": JSONValue(n)]) }
        var prev = String(repeating: "0", count: 64)
        for (place, line) in try scratch.lines().enumerated() {
            let record = try JSONValue(json: line)
            #expect(record["seq"] == JSONValue(place + 1) && record["n"] == JSONValue(place + 1))
            let time = record["time"]?.stringValue ?? ""
            #expect(time.count == 27 && ISO8601.unixMicroseconds(time) != nil)
            #expect(record["prev"]?.stringValue == prev)
            prev = record["hash"]?.stringValue ?? ""
            let body = line.replacingOccurrences(of: #","hash":"\#(prev)"}"#, with: "}")
            let digest = Hexadecimal.encode(try SHA256.digest(Array(body.utf8)))
            #expect(body.count < line.count && prev == digest)
        }
    }

    @Test("The head is what was synced last, not what was merely written")
    func head() throws {
        let trail = AuditTrail(path: scratch.path)
        let synced = try trail.append(["kind": "intent"])
        try trail.sync(synced)
        try trail.append(["kind": "intent"])
        let head = try #require(try scratch.records("audit.head").first)
        #expect(head == ["seq": 1, "hash": .string(synced.hash)])
    }

    @Test("An older record that is synced late does not put the head back")
    func lateSync() throws {
        let trail = AuditTrail(path: scratch.path)
        let (older, newer) = (try trail.append(["kind": "intent"]), try trail.append(["kind": "intent"]))
        try trail.sync(newer)
        try trail.sync(older)
        #expect(try scratch.records("audit.head").first?["seq"] == 2)
    }

    @Test("Several writers, each with the file open, make one chain without a gap")
    func writers() async throws {
        let path = scratch.path
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let trail = AuditTrail(path: path, rotateBytes: 20_000, keep: 1000)
                    for n in 0..<100 {
                        do {
                            let position = try trail.append([
                                "kind": "intent", "w": JSONValue(writer), "n": JSONValue(n),
                            ])
                            if n % 50 == 0 { try trail.sync(position) }
                        } catch {
                            Issue.record(error)
                        }
                    }
                }
            }
        }
        let all = try scratch.names.filter { $0.hasSuffix(".jsonl") }
        // audit-000001 comes before audit.jsonl, which is the newest.
        let records = try all.flatMap { try scratch.records($0) }
        #expect(all.count > 2)
        #expect(records.compactMap { $0["seq"]?.integerValue } == Array(1...Int64(records.count)))
        #expect(zip(records, records.dropFirst()).allSatisfy { $0["hash"] == $1["prev"] })
        for writer in 0..<4 {
            let own = records.filter { $0["w"] == JSONValue(writer) }.compactMap { $0["n"]?.integerValue }
            #expect(own == Array(0..<100))
        }
    }

    @Test("A file that has grown is closed; the new one is anchored to it, and the oldest goes with a record")
    func rotation() throws {
        let trail = AuditTrail(path: scratch.path, rotateBytes: 1000, keep: 2)
        for n in 0..<40 { try trail.append(["kind": "intent", "n": JSONValue(n)]) }
        let names = try scratch.names
        #expect(names.count == 4 && names.contains("audit.jsonl") && names.contains("audit.head"))
        let current = try scratch.records()
        let former = try #require(names.first)
        let last = try #require(try scratch.records(names[1]).last)
        #expect(current.first?["kind"] == "anchor" && current.first?["file"]?.stringValue == names[1])
        #expect(current.first?["last"]?["hash"] == last["hash"] && current.first?["prev"] == last["hash"])
        let gone = try #require(current.first { $0["kind"] == "deleted" })
        #expect(gone["file"]?.stringValue ?? "" < former)
        #expect(try scratch.records(former).first?["kind"] == "anchor")
    }
}

@Suite("An audit log that cannot be used")
struct RefusalTests {
    private let scratch = ScratchLog()

    private func refusal(_ path: String) -> MegaraptorError? {
        #expect(throws: MegaraptorError.self) { try AuditTrail(path: path).append(["kind": "intent"]) }
    }

    private func prepared() throws {
        try AuditTrail(path: scratch.path).append(["kind": "intent"])
    }

    @Test("A file or folder that others may open is refused with the command that mends it")
    func modes() throws {
        try prepared()
        for (name, mode) in [("audit/audit.jsonl", 0o644), ("audit", 0o755)] {
            let path = scratch.folder.appending(path: name).path
            let before = try #require(try scratch.mode(name))
            chmod(path, mode_t(mode))
            let error = refusal(scratch.path)
            #expect(error?.code == .failedPrecondition && error?.message.contains("open to other users") == true)
            #expect(error?.hint.hasPrefix("chmod \(String(before, radix: 8)) ") == true)
            chmod(path, mode_t(before))
        }
        #expect(try scratch.lines().count == 1)
    }

    @Test("A symbolic link is refused, for the file and for the folder")
    func links() throws {
        try prepared()
        let folder = scratch.folder.path
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/audit")
        #expect(refusal(folder + "/link/audit.jsonl")?.code == .failedPrecondition)
        let file = folder + "/audit/other.jsonl"
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: scratch.path)
        #expect(refusal(file)?.message.contains("symbolic link") == true)
        #expect(try scratch.lines().count == 1)
    }

    @Test("Somebody else's file is refused", .enabled(if: geteuid() == 0))
    func owner() throws {
        try prepared()
        chown(scratch.path, 12345, 0)
        #expect(refusal(scratch.path)?.message.contains("belongs to user 12345") == true)
    }

    @Test("What is no regular file is refused")
    func pipe() throws {
        try prepared()
        let path = scratch.folder.path + "/audit/pipe.jsonl"
        mkfifo(path, 0o600)
        #expect(refusal(path)?.message.contains("is no file") == true)
    }

    @Test("A file that holds something else is left alone")
    func foreign() throws {
        try prepared()
        let text = Data("these are\nsomebody's notes\n".utf8)
        try text.write(to: URL(filePath: scratch.path))
        chmod(scratch.path, 0o600)
        #expect(refusal(scratch.path)?.hint.contains("audit verify") == true)
        #expect(try Data(contentsOf: URL(filePath: scratch.path)) == text)
    }

    @Test("A folder that cannot be made is named with the reason")
    func noFolder() {
        let error = refusal("/dev/null/audit/audit.jsonl")
        #expect(error?.code == .failedPrecondition && error?.message.contains("/dev/null") == true)
    }
}
