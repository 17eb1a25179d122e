// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import VQLEvaluator

/// One query with what a real server answered.
struct RecordedCase: Sendable {
    let vql: String
    /// `ok`, `runtime` (something was logged as wrong) or `syntax`.
    let kind: String
    let environment: [(name: String, value: String)]
    /// The first three rows.
    let rows: [JSONValue]
    let rowCount: Int
    /// The lines that tell of errors.
    let errors: [String]
    /// The other lines.
    let notices: [String]
    /// Whether the answer changes from run to run.
    let isUnstable: Bool

    init(_ json: JSONValue) {
        vql = json["vql"]?.stringValue ?? ""
        kind = json["kind"]?.stringValue ?? ""
        environment = (json["env"]?.objectValue ?? [:]).map { ($0.key, $0.value.stringValue ?? "") }
        rows = json["rows"]?.arrayValue ?? []
        rowCount = json["num_rows"]?.integerValue.map(Int.init) ?? rows.count
        errors = (json["log"]?.arrayValue ?? []).compactMap(\.stringValue)
        notices = (json["noise"]?.arrayValue ?? []).compactMap(\.stringValue)
        isUnstable = json["unstable"]?.boolValue ?? false
    }

    /// The cases that a parser accepts, from the repository's recordings.
    static func runnable() throws -> [RecordedCase] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Recorded/vql-cases.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n")
            .map { RecordedCase(try JSONValue(json: String($0))) }
            .filter { $0.kind != "syntax" }
    }
}

extension RecordedCase {
    /// What differs between the recorded answer and `outcome`; `nil` if nothing does.
    func difference(from outcome: QueryOutcome) -> String? {
        guard outcome.rows.count == rowCount else {
            return "\(outcome.rows.count) rows instead of \(rowCount); log \(outcome.lines)"
        }
        for (place, (wanted, row)) in zip(rows, outcome.rows).enumerated() where !wanted.isSameData(as: row) {
            return "row \(place) is \(row.json()) instead of \(wanted.json())"
        }
        let wantedErrors = errors.map(LogText.comparable)
        let shownErrors = outcome.lines.filter { !LogText.isNotice($0) }.map(LogText.comparable)
        guard wantedErrors == shownErrors else { return "errors \(shownErrors) instead of \(wantedErrors)" }
        let wantedNotices = notices.filter(LogText.isComparableNotice).map(LogText.comparable)
        let shownNotices = outcome.lines.filter(LogText.isComparableNotice).map(LogText.comparable)
        guard wantedNotices == shownNotices else { return "notices \(shownNotices) instead of \(wantedNotices)" }
        return nil
    }
}

/// Sorts log lines and cuts off what differs from server to server.
enum LogText {
    private static let noticePrefixes = [
        "DEFAULT:", "DEBUG:", "INFO:", "WARN:", "ALERT:", "query: running query ", "memoize ", "Applying remapping ",
    ]

    static func isNotice(_ line: String) -> Bool { noticePrefixes.contains { line.hasPrefix($0) } }

    /// Counters of the server's own work and Go structures are not compared.
    static func isComparableNotice(_ line: String) -> Bool {
        isNotice(line) && !line.hasPrefix("DEBUG:Query Stats") && !line.hasPrefix("DEBUG:  arg parsing")
    }

    /// The order of the frames' names in a scope is arbitrary on the server.
    static func comparable(_ line: String) -> String {
        guard let cut = line.range(of: " Current Scope is ") else { return line }
        return String(line[..<cut.lowerBound])
    }
}

extension JSONValue {
    /// Equal, with numbers by their value: recordings spell doubles their own way.
    fileprivate func isSameData(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let a), .array(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.isSameData(as: $1) }
        case (.object(let a), .object(let b)):
            a.keys == b.keys && a.allSatisfy { key, value in b[key].map { value.isSameData(as: $0) } ?? false }
        case (.integer, .number), (.number, .integer), (.number, .number): doubleValue == other.doubleValue
        default: self == other
        }
    }
}
