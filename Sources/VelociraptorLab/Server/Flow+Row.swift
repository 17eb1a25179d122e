// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension Flow {
    /// The row of `flows()` and the value of `get_flow()`.
    ///
    /// - Parameter isDetailed: whether this one flow was asked for, not all of a client; then its downloads are listed.
    func row(at now: Instant, isDetailed: Bool = false) -> VQLRow {
        let started = start(at: now)
        let uploaded = uploads.reduce(0) { $0 + $1.size }
        let isOpen = outcome == nil
        var row: VQLRow = [
            "client_id": .text(request.clientID), "session_id": .text(id), "request": .dict(request.row()),
            "previous_flows": [], "backtrace": "", "create_time": .microseconds(created),
            "start_time": .microseconds(started), "active_time": .microseconds(lastActive(at: now)),
            "inflight_time": .integer(isOpen ? started?.seconds ?? 0 : 0), "total_uploaded_files": .int(uploads.count),
            "total_expected_uploaded_bytes": .int(uploaded), "total_uploaded_bytes": .int(uploaded),
            "total_collected_rows": .int(rowCount), "total_logs": .int(logs(at: now).count),
        ]
        let statistics = statistics(at: now)
        let rest: VQLRow = [
            "total_requests": .int(statistics.count), "outstanding_requests": .int(isOpen ? statistics.count : 0),
            "transactions_outstanding": 0, "next_response_id": 0, "execution_duration": .integer(duration(at: now)),
            "state": .text(state(at: now).rawValue), "status": .text(status),
            "artifacts_with_results": .texts(sourcesWithRows), "query_stats": .list(statistics), "uploaded_files": [],
            "user_notified": .bool(userNotified), "logs": [], "dirty": false, "total_loads": 0,
        ]
        for (name, value) in rest { row[name] = value }
        if isDetailed { row["AvailableDownloads"] = [:] }
        return row
    }

    /// The row of `hunt_flows(basic_info=TRUE)`: the ids, and nothing else filled in.
    func basicRow(at now: Instant) -> VQLRow {
        var row = row(at: now).cleared
        row["client_id"] = .text(request.clientID)
        row["session_id"] = .text(id)
        row["state"] = "UNSET"
        return row
    }

    /// When the client took the request up; `nil` while it is queued, or was cancelled in the queue.
    private func start(at now: Instant) -> Instant? {
        guard let start = schedule?.start, start <= now else { return nil }
        if outcome == nil, let cancellation, cancellation.at < start { return nil }
        return start
    }

    private func lastActive(at now: Instant) -> Instant? {
        guard let start = start(at: now) else { return nil }
        return outcome?.finished ?? cancellation?.at ?? max(start, now)
    }

    /// Nanoseconds from the start to the last sign of life.
    func duration(at now: Instant) -> Int64 {
        guard let start = start(at: now), let last = lastActive(at: now) else { return 0 }
        return (last.microseconds - start.microseconds) * 1000
    }

    private func statistics(at now: Instant) -> [VQLValue] {
        guard let start = start(at: now), let last = lastActive(at: now) else { return [] }
        guard let outcome else {
            return request.artifacts.map { _ in
                statistics("PROGRESS", SourceOutcome(name: "", artifact: "", rows: 0), logs: 1, from: start, to: last)
            }
        }
        return outcome.sources.map { source in
            let status = source.failure == nil ? "OK" : "GENERIC_ERROR"
            return statistics(status, source, logs: 4, from: start, to: last)
        }
    }

    private func statistics(
        _ status: String,
        _ source: SourceOutcome,
        logs: Int,
        from start: Instant,
        to end: Instant
    ) -> VQLValue {
        let bytes = VQLValue.int(source.uploads.reduce(0) { $0 + $1.size })
        return [
            "status": .text(status), "error_message": .text(source.failure ?? ""), "backtrace": "",
            "duration": .integer((end.microseconds - start.microseconds) * 1000), "last_active": .microseconds(end),
            "first_active": .microseconds(start), "names_with_response": .texts(source.rows > 0 ? [source.name] : []),
            "Artifact": "", "log_rows": .int(logs), "uploaded_files": .int(source.uploads.count),
            "uploaded_bytes": bytes, "expected_uploaded_bytes": bytes, "result_rows": .int(source.rows), "query_id": 0,
            "total_queries": 0, "transactions_outstanding": 0,
        ]
    }
}

extension VQLRow {
    /// The row with every value at its type's beginning: zero, empty, false.
    fileprivate var cleared: VQLRow { VQLRow(map { ($0.name, $0.value.cleared) }) }
}

extension VQLValue {
    fileprivate var cleared: VQLValue {
        switch self {
        case .integer, .unsigned, .double: 0
        case .bool: false
        case .list: []
        case .dictionary(let dictionary): .dict(dictionary.row.cleared)
        default: ""
        }
    }
}
