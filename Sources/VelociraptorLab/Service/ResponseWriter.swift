// SPDX-License-Identifier: Apache-2.0

import SwiftProtobuf
import Synchronization
import VQLEvaluator
import VelociraptorAPI

/// Turns a query's rows and log into the messages of `Query()`, in the parts and with the log lines of the real server.
///
/// A part is sent when a row arrives and `max_row` rows already wait. So without `max_row` an empty part 0 comes first
/// and then each row by itself, one row late.
final class ResponseWriter: QuerySink {
    fileprivate struct Part {
        var position: StatementPosition
        var number: UInt64 = 0
        var columns: [String] = []
        var rows = 0
        var json: [UInt8] = []
    }

    private struct State {
        var part: Part?
        var hasEnded = false
    }

    private let queries: [Proto_VQLRequest]
    private let maxRows: Int
    private let faults: FaultPlan
    private let queue: MessageQueue
    private let started = ContinuousClock.now
    private let state = Mutex(State())
    private let rowsSoFar = Atomic(0)

    init(_ request: Proto_VQLCollectorArgs, faults: FaultPlan, queue: MessageQueue) {
        queries = request.query
        maxRows = Int(clamping: request.maxRow)
        self.faults = faults
        self.queue = queue
    }

    // MARK: - What the query produces

    func selectBegan(_ position: StatementPosition) {
        state.withLock { $0.part = Part(position: position) }
    }

    func row(_ row: VQLRow, of position: StatementPosition) throws {
        try faults.beforeRow(rowsSoFar.add(1, ordering: .relaxed).newValue) { try queue.checkReader() }
        state.withLock { state in
            guard state.part != nil else { return }
            if let part = state.part, part.rows >= maxRows { send(&state) }
            state.part?.append(row)
        }
        try queue.waitForRoom()
    }

    func selectEnded(_ position: StatementPosition) throws {
        state.withLock { state in
            if let part = state.part, part.rows > 0 || part.number == 0 { send(&state) }
            state.part = nil
        }
        try queue.waitForRoom()
    }

    func log(_ line: LogLine) { log(line.text) }

    /// Sends the rows that wait, because `max_wait` has passed.
    func flush() {
        state.withLock { state in
            if let part = state.part, part.rows > 0 { send(&state) }
        }
    }

    /// Sends what a query that ran out of time leaves behind; the server writes no log line about that part.
    func finish() {
        state.withLock { state in
            if let part = state.part, part.rows > 0 || part.number == 0 { send(&state, isLogged: false) }
            state.part = nil
        }
    }

    // MARK: - Messages

    func log(_ text: String) {
        var message = Proto_VQLResponse()
        message.log = text + "\n"
        append(message)
    }

    private func send(_ state: inout State, isLogged: Bool = true) {
        guard var part = state.part else { return }
        if part.rows == 0 { part.json.append(UInt8(ascii: "[")) }
        part.json.append(UInt8(ascii: "]"))
        var message = Proto_VQLResponse()
        message.response = String(decoding: part.json, as: UTF8.self)
        message.columns = part.columns
        message.query = queries[part.position.query]
        message.queryID = UInt64(part.position.select)
        message.part = part.number
        if isLogged {
            let seconds = (ContinuousClock.now - started).components.seconds
            let size = ByteCount.text(part.json.count)
            let name = message.query.name
            log("Time \(seconds): \(name): Sending response part \(part.number) \(size) (\(part.rows) rows).")
        }
        append(message)
        part.number += 1
        part.rows = 0
        part.columns = []
        part.json.removeAll(keepingCapacity: true)
        state.part = part
    }

    private func append(_ message: Proto_VQLResponse) {
        var message = message
        message.timestamp = UInt64(Instant.now().microseconds)
        do {
            queue.append(try message.serializedBytes())
        } catch {
            // Only a message beyond two gigabytes cannot be written; the query ends without it.
            queue.abandon()
        }
    }
}

extension ResponseWriter.Part {
    mutating func append(_ row: VQLRow) {
        json.append(UInt8(ascii: rows == 0 ? "[" : ","))
        row.appendJSON(to: &json)
        rows += 1
        if columns.isEmpty { columns = row.names }
    }
}

/// Sizes as the server's log has them: powers of ten, one decimal below ten.
enum ByteCount {
    static func text(_ count: Int) -> String {
        guard count >= 10 else { return "\(count) B" }
        var value = Double(count)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let tenths = (value * 10).rounded()
        guard unit > 0, tenths < 100 else { return "\(Int(value.rounded())) \(units[unit])" }
        return "\(Int(tenths) / 10).\(Int(tenths) % 10) \(units[unit])"
    }

    private static let units = ["B", "kB", "MB", "GB"]
}
