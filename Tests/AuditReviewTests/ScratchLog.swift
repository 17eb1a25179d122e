// SPDX-License-Identifier: Apache-2.0

import AuditLog
import AuditReview
import Foundation
import JSONValue

/// A log that can be tampered with, removed with its value.
final class ScratchLog: Sendable {
    let folder: URL
    var path: String { folder.appending(path: "audit.jsonl").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// Writes so many records; the last one is on the disk for certain.
    @discardableResult
    func append(_ count: Int, rotateBytes: Int = 1 << 20, keep: Int = 10) throws -> AuditPosition {
        let trail = AuditTrail(path: path, rotateBytes: rotateBytes, keep: keep)
        var last = AuditPosition.start
        for n in 0..<count { last = try trail.append(["kind": "intent", "n": JSONValue(n)]) }
        try trail.sync(last)
        return last
    }

    /// Changes a file's lines behind the log's back.
    func edit(_ name: String = "audit.jsonl", _ change: (inout [String]) -> Void) throws {
        var lines = try String(contentsOf: url(name), encoding: .utf8).split(separator: "\n").map { String($0) }
        change(&lines)
        try overwrite(name, lines.map { $0 + "\n" }.joined())
    }

    /// Keeps the file and its mode, as an editor may.
    func overwrite(_ name: String, _ text: String) throws {
        let file = try FileHandle(forWritingTo: url(name))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    func text(_ name: String = "audit.jsonl") throws -> String { try String(contentsOf: url(name), encoding: .utf8) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: url(name)) }

    func rename(_ name: String, _ other: String) throws {
        try FileManager.default.moveItem(at: url(name), to: url(other))
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    func verify(expecting expected: String? = nil) throws -> AuditVerification {
        try AuditVerification(AuditReader(AuditTrail(path: path)), expecting: expected)
    }

    private func url(_ name: String) -> URL { folder.appending(path: name) }
}
