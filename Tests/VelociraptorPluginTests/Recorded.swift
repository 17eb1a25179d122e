// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

/// What was recorded from a real server, in `Tests/Recorded`.
enum Recorded {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Recorded")

    /// Executed queries with what the server answered.
    static func vqlCases() throws -> [JSONValue] {
        let text = try String(contentsOf: folder.appending(path: "vql-cases.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONValue(json: String($0)) }
    }

    /// One exchange, message by message.
    static func exchange(_ name: String) throws -> JSONValue {
        try JSONValue(json: Data(contentsOf: folder.appending(path: "exchanges/\(name).json")))
    }
}
