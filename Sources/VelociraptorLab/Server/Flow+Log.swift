// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension Flow {
    struct LogEntry: Sendable {
        var time: Instant
        var level: String
        var message: String
    }

    /// What the client has written so far. Nothing while the flow is queued.
    func logs(at now: Instant) -> [LogEntry] {
        guard let start = schedule?.start, start <= now else { return [] }
        if outcome == nil, let cancellation, cancellation.at < start { return [] }
        guard let outcome else { return request.artifacts.map { Self.beginning($0, at: start) } }
        return outcome.sources.map { Self.beginning($0.name, at: start) }
            + outcome.sources.flatMap { logs(of: $0, from: start, to: outcome.finished) }
    }

    private static func beginning(_ name: String, at time: Instant) -> LogEntry {
        LogEntry(time: time, level: "INFO", message: "Starting query execution for \(name).\n")
    }

    private func logs(of source: SourceOutcome, from start: Instant, to end: Instant) -> [LogEntry] {
        var entries: [LogEntry] = []
        func add(_ level: String, _ message: String) {
            entries.append(LogEntry(time: end, level: level, message: message))
        }
        if source.wasSkipped { add("INFO", "\(source.name): Skipping query due to preconditions\n") }
        if let failure = source.failure { add("ERROR", failure + "\n") }
        if source.rows > 0 {
            add("DEFAULT", "\(source.name): Time 0: \(source.name): Sending response part 0 (\(source.rows) rows).")
        }
        if !source.uploads.isEmpty { add("DEFAULT", "\(source.name): Uploaded \(source.uploads.count) files.") }
        let milliseconds = (end.microseconds - start.microseconds) / 1000
        add("INFO", "Collection \(source.name) is done after \(milliseconds)ms\n")
        add("DEBUG", #"Query Stats: {"RowsScanned":\#(source.rows),"PluginsCalled":1,"FunctionsCalled":0}"# + "\n")
        return entries
    }
}

extension Flow.LogEntry {
    var row: VQLRow {
        ["client_time": .integer(time.seconds), "level": .text(level), "message": .text(message)]
    }
}
