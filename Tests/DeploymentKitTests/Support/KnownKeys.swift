// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

/// The keys of Velociraptor's configuration and their types. It refuses a file with any other key, and most wrong types.
struct KnownKeys {
    private let types: [String: String]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Configuration/server-keys.txt"), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
        types = Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), String($0[1])) })
    }

    /// What the server would refuse, one line each.
    func faults(in value: JSONValue, at path: String = "") -> [String] {
        var faults: [String] = []
        if !path.isEmpty {
            guard let type = types[path] else { return ["field \(path) not found"] }
            if value.typeName != type { faults.append("\(path) is \(value.typeName), not \(type)") }
        }
        for member in value.objectValue ?? [:] {
            faults += self.faults(in: member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)")
        }
        for element in value.arrayValue ?? [] { faults += self.faults(in: element, at: path + "[]") }
        return faults
    }
}
