// SPDX-License-Identifier: Apache-2.0

import AuditLog
import Foundation
import JSONValue

/// A log in a folder of its own, removed with its value.
final class ScratchLog: Sendable {
    let folder: URL
    var path: String { folder.appending(path: "audit/audit.jsonl").path }

    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    func lines(_ name: String = "audit.jsonl") throws -> [String] {
        let file = folder.appending(path: "audit/\(name)")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { String($0) }
    }

    func records(_ name: String = "audit.jsonl") throws -> [JSONValue] {
        try lines(name).map { try JSONValue(json: $0) }
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path + "/audit").sorted() }
    }

    func mode(_ name: String) throws -> Int? {
        let file = folder.appending(path: name).path
        return try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }
}
