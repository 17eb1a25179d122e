// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension Flow {
    /// The row of `flows()` and the value of `get_flow()`.
    ///
    /// - Parameter isDetailed: whether this one flow was asked for, not all of a client; then its downloads are listed.
    func row(at now: Instant, isDetailed: Bool = false) -> VQLRow {
        let started = schedule.map(\.start).flatMap { $0 <= now ? $0 : nil }
        let ended = outcome?.finished
        var row: VQLRow = [
            "client_id": .text(request.clientID), "session_id": .text(id), "request": .dict(request.row()),
            "previous_flows": [], "backtrace": "", "create_time": .microseconds(created),
            "start_time": .microseconds(started), "active_time": .microseconds(ended ?? started),
            "inflight_time": .integer(isOpen ? started?.seconds ?? 0 : 0), "total_uploaded_files": 0,
            "total_expected_uploaded_bytes": 0, "total_uploaded_bytes": 0, "total_collected_rows": .int(rowCount),
            "total_logs": .int(outcome == nil ? 0 : logs.count),
            "total_requests": .int(outcome?.sources.count ?? 0), "outstanding_requests": 0,
        ]
        let rest: VQLRow = [
            "transactions_outstanding": 0, "next_response_id": 0, "execution_duration": .integer(duration),
            "state": .text(state(at: now).rawValue), "status": .text(status),
            "artifacts_with_results": .texts(sourcesWithRows), "query_stats": .list(statistics), "uploaded_files": [],
            "user_notified": .bool(userNotified), "logs": [], "dirty": false, "total_loads": 0,
        ]
        for (name, value) in rest { row[name] = value }
        if isDetailed { row["AvailableDownloads"] = [:] }
        return row
    }

    /// Nanoseconds between start and end.
    var duration: Int64 {
        guard let schedule, let outcome else { return 0 }
        return (outcome.finished.microseconds - schedule.start.microseconds) * 1000
    }

    private var statistics: [VQLValue] {
        guard let outcome, let schedule else { return [] }
        return outcome.sources.map { source in
            [
                "status": .text(source.failure == nil ? "OK" : "GENERIC_ERROR"),
                "error_message": .text(source.failure ?? ""), "backtrace": "", "duration": .integer(duration),
                "last_active": .microseconds(outcome.finished), "first_active": .microseconds(schedule.start),
                "names_with_response": .texts(source.rows > 0 ? [source.name] : []), "Artifact": "", "log_rows": 4,
                "uploaded_files": 0, "uploaded_bytes": 0, "expected_uploaded_bytes": 0,
                "result_rows": .int(source.rows), "query_id": 0, "total_queries": 0, "transactions_outstanding": 0,
            ]
        }
    }
}

// MARK: - Log

extension Flow {
    struct LogEntry: Sendable {
        var time: Instant
        var level: String
        var message: String
    }

    /// What the client wrote while it collected. Empty until the flow has an outcome.
    var logs: [LogEntry] {
        guard let outcome, let schedule else { return [] }
        let starts = outcome.sources.map {
            LogEntry(time: schedule.start, level: "INFO", message: "Starting query execution for \($0.name).\n")
        }
        return starts + outcome.sources.flatMap { logs(of: $0, at: outcome.finished) }
    }

    private func logs(of source: SourceOutcome, at time: Instant) -> [LogEntry] {
        var entries: [LogEntry] = []
        if source.wasSkipped {
            let message = "\(source.name): Skipping query due to preconditions\n"
            entries.append(LogEntry(time: time, level: "INFO", message: message))
        }
        if let failure = source.failure {
            entries.append(LogEntry(time: time, level: "ERROR", message: failure + "\n"))
        }
        if source.rows > 0 {
            let message = "\(source.name): Time 0: \(source.name): Sending response part 0 (\(source.rows) rows)."
            entries.append(LogEntry(time: time, level: "DEFAULT", message: message))
        }
        let milliseconds = duration / 1_000_000
        let message = "Collection \(source.name) is done after \(milliseconds)ms\n"
        entries.append(LogEntry(time: time, level: "INFO", message: message))
        let statistics = #"Query Stats: {"RowsScanned":\#(source.rows),"PluginsCalled":1,"FunctionsCalled":0}"#
        entries.append(LogEntry(time: time, level: "DEBUG", message: statistics + "\n"))
        return entries
    }
}

extension Flow.LogEntry {
    var row: VQLRow {
        ["client_time": .integer(time.seconds), "level": .text(level), "message": .text(message)]
    }
}
