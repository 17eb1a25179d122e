// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VQLEvaluator

/// Notes what comes for which SELECT, in order.
final class PositionSink: QuerySink {
    private let noted = Mutex<[String]>([])

    var events: [String] { noted.withLock { $0 } }

    func selectBegan(_ position: StatementPosition) { note("begin", position) }
    func selectEnded(_ position: StatementPosition) { note("end", position) }
    func log(_ line: LogLine) { noted.withLock { $0.append(line.text) } }

    func row(_ row: VQLRow, of position: StatementPosition) {
        note("row", position, row["A"].map { " " + $0.jsonText } ?? "")
    }

    private func note(_ what: String, _ position: StatementPosition, _ detail: String = "") {
        noted.withLock { $0.append("\(what) \(position.query).\(position.select)\(detail)") }
    }
}
