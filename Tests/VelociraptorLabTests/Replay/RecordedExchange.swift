// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import SwiftProtobuf
import VelociraptorAPI
import VelociraptorLab

/// One exchange with a real server, from `Tests/Recorded/exchanges`.
///
/// Long texts and lists are cut there: a text ends in `…(n characters)`, a list in `…(n more)`.
struct RecordedExchange {
    var name: String
    var json: JSONValue

    /// Every recorded exchange that is a query or a call, in the order in which they took place.
    static func all() throws -> [RecordedExchange] {
        let folder = Recordings.folder.appending(path: "exchanges")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        return try files.map { file in
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
            return RecordedExchange(name: String(file.dropLast(5)), json: try JSONValue(json: bytes))
        }
        .sorted { ($0.timestamp, $0.name) < ($1.timestamp, $1.name) }
    }

    /// Microseconds of its first message; the largest number where there is none.
    var timestamp: Int64 {
        let times = (json["messages"]?.arrayValue ?? []).compactMap { $0["timestamp"]?.integerValue }
        return times.first ?? .max
    }

    /// `nil` for what is no query: TLS failures, unary calls, notes.
    var request: Proto_VQLCollectorArgs? {
        guard json["config"]?.stringValue != nil, let request = json["request"]?.objectValue else { return nil }
        var message = Proto_VQLCollectorArgs()
        for query in request["Query"]?.arrayValue ?? [] {
            message.query.append(
                .with {
                    $0.vql = query["VQL"]?.stringValue ?? ""
                    $0.name = query["Name"]?.stringValue ?? ""
                }
            )
        }
        for entry in request["env"]?.arrayValue ?? [] {
            message.env.append(
                .with {
                    $0.key = entry["key"]?.stringValue ?? ""
                    $0.value = entry["value"]?.stringValue ?? ""
                }
            )
        }
        message.maxRow = request["max_row"]?.stringValue.flatMap(UInt64.init) ?? 0
        message.maxWait = request["max_wait"]?.stringValue.flatMap(UInt64.init) ?? 0
        message.timeout = request["timeout"]?.stringValue.flatMap(UInt64.init) ?? 0
        message.orgID = request["org_id"]?.stringValue ?? ""
        return message
    }

    /// Whose key was used, by the name of the file.
    var user: LabUser? {
        switch json["config"]?.stringValue {
        case "api_client.yaml": .administrator
        case "api_investigator.yaml": .investigator
        case "api_onlyapi.yaml": .apiOnly
        case "api_readapi.yaml": .readerWithAPI
        case "api_reader.yaml": .reader
        case "api_gone.yaml": .unknown
        default: nil
        }
    }

    var deadline: Duration { .seconds(json["client_deadline_s"]?.integerValue ?? 60) }
    var statusName: String { json["grpc_error"]?["code"]?.stringValue ?? "OK" }
    var log: [String] { (json["log"]?.arrayValue ?? []).compactMap(\.stringValue) }
    var rows: [JSONValue] { json["rows"]?.arrayValue ?? [] }
    var rowCount: Int { Int(json["num_rows"]?.integerValue ?? 0) }
}

/// Where the recordings lie.
enum Recordings {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Recorded")
}
