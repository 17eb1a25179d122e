// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VQL

/// The columns of a SELECT for one source row, each evaluated at most once, when it is first asked for.
final class LazyColumns: Sendable {
    let source: VQLRow
    private let layout: ColumnLayout
    private let evaluator: Evaluator
    private let state: Mutex<[VQLValue?]>

    /// - Parameter evaluator: sees the source row, but not these columns.
    init(_ layout: ColumnLayout, source: VQLRow, evaluator: Evaluator) {
        self.layout = layout
        self.source = source
        self.evaluator = evaluator
        state = Mutex(Array(repeating: nil, count: layout.columns.count))
    }

    /// The column `name`; `nil` if the SELECT has none.
    func value(_ name: String) throws -> VQLValue? {
        if let place = layout.position(of: name) { return try value(at: place, evaluator) }
        return layout.hasStar ? source[name] : nil
    }

    /// The whole row. What no one has asked for yet is evaluated with `aggregates`, if they are given.
    func row(aggregates: AggregateStates?) throws -> VQLRow {
        let evaluator = aggregates.map { Evaluator(scope: self.evaluator.scope.with($0), text: self.evaluator.text) }
        return try layout.row(source) { try value(at: $0, evaluator ?? self.evaluator) }
    }

    private func value(at place: Int, _ evaluator: Evaluator) throws -> VQLValue {
        if let known = state.withLock({ $0[place] }) { return known }
        let value = try layout.value(at: place, evaluator)
        state.withLock { $0[place] = value }
        return value
    }
}
