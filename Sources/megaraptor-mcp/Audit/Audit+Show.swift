// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLog
import AuditReview
import JSONValue

extension Audit {
    /// Prints calls, the latest last.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show recorded calls, one line each.",
            discussion: "Shows what is written there; whether it is still what was written is for verify to say."
        )

        @OptionGroup var place: Place

        @Option(help: "Only calls of this tool, prompt or resource.")
        var tool: String?

        @Option(help: "Only calls since this moment, such as 2026-11-24T12:00:00Z.")
        var since: String?

        @Option(help: "Only calls that ended so: ok, declined, cancelled, tool_error, an error's code, or open.")
        var outcome: String?

        @Option(help: "The latest calls, at most so many.")
        var limit = 50

        @Flag(help: "Print the records themselves, one JSON object a line.")
        var json = false

        func validate() throws {
            if limit < 1 { throw ValidationError("--limit is at least 1.") }
            if let since, ISO8601.unixMicroseconds(since) == nil {
                throw ValidationError("--since is no moment such as 2026-11-24T12:00:00Z.")
            }
        }

        func run() throws {
            var calls: [RecordedCall] = []
            /// Calls whose end has not been read yet, by id.
            var open: [String: Int] = [:]
            try place.reader().read { line in
                guard let record = line.record, let id = record.fields["call"]?.stringValue else { return }
                if let place = open.removeValue(forKey: id) {
                    calls[place].result = record.fields
                } else {
                    if record.kind == "intent" { open[id] = calls.count }
                    calls.append(RecordedCall(record.fields))
                }
            }
            if !json { print(RecordedCall.heading) }
            for call in calls.filter(isWanted).suffix(limit) {
                if json {
                    for record in call.records { print(JSONValue.object(record).json()) }
                } else {
                    print(call.row)
                }
            }
        }

        private func isWanted(_ call: RecordedCall) -> Bool {
            let start = since.flatMap(ISO8601.unixMicroseconds) ?? .min
            return (tool ?? call.name) == call.name && (outcome ?? call.outcome) == call.outcome
                && (ISO8601.unixMicroseconds(call.time) ?? .max) >= start
        }
    }
}

/// A call as its one or two records tell of it.
struct RecordedCall {
    private let begin: JSONObject
    var result: JSONObject?

    init(_ record: JSONObject) {
        begin = record
        if record["kind"] == "result" { result = record }
    }

    var records: [JSONObject] {
        guard let result, result != begin else { return [begin] }
        return [begin, result]
    }

    var time: String { text("time") }
    var name: String { text("name") }

    /// `open` where no end was recorded: the call still runs, or its host ended first.
    var outcome: String { result?["outcome"]?.stringValue ?? "open" }

    private func text(_ key: String) -> String { begin[key]?.stringValue ?? "" }

    /// At most 120 columns: time, outcome, duration, consent, name and arguments.
    var row: String {
        let duration = result?["duration_ms"]?.doubleValue.map { "\(Int64($0.rounded())) ms" } ?? ""
        let begun = String(time.prefix(19))
        return Self.row(begun, outcome, duration, text("consent"), name, begin["arguments"]?.json() ?? "")
    }

    static let heading = row("TIME (UTC)", "OUTCOME", "TOOK", "CONSENT", "NAME", "ARGUMENTS")

    private static func row(_ cells: String...) -> String {
        let row = zip(cells, [19, 19, 9, 13, 20]).map { cell, width in
            let text = cell.printable
            return text + String(repeating: " ", count: max(0, width - text.count))
        }
        let line = (row + cells.suffix(1).map(\.printable)).joined(separator: " ")
        return line.count > 120 ? line.prefix(119) + "…" : line
    }
}
