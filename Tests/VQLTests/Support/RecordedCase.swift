// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

/// A query that a real server ran, and what came back.
struct RecordedCase: Sendable {
    enum Kind: String, Sendable {
        case ok
        case syntax
        case runtime
    }

    let query: String
    let kind: Kind
    /// The first rows.
    let rows: [JSONValue]
    /// Error lines.
    let log: [String]
    /// The text of the status with which the call ended, where it was not OK.
    let status: String?

    /// All 813.
    static func all() throws -> [RecordedCase] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Recorded/vql-cases.jsonl")
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { line in
            try RecordedCase(JSONValue(json: line))
        }
    }

    private init(_ json: JSONValue) throws {
        query = try #require(json["vql"]?.stringValue)
        kind = try #require(json["kind"]?.stringValue.flatMap(Kind.init))
        rows = json["rows"]?.arrayValue ?? []
        log = json["log"]?.arrayValue?.compactMap(\.stringValue) ?? []
        status = json["grpc"]?.stringValue
    }
}
