// SPDX-License-Identifier: Apache-2.0

import VQL

/// Runs one SELECT: source, columns, WHERE, GROUP BY, ORDER BY, LIMIT.
struct SelectRunner {
    private let select: Select
    private let evaluator: Evaluator
    private let layout: ColumnLayout
    private let explainer: Explainer?

    init(_ select: Select, _ evaluator: Evaluator) {
        self.select = select
        self.evaluator = evaluator
        let site = CallSite(text: evaluator.text, offset: select.range.start.byteOffset)
        layout = evaluator.scope.context.caches.layout(site) { ColumnLayout(select.columns) }
        explainer = select.explainCount > 0 ? Explainer(select, evaluator.scope.context) : nil
    }

    /// Hands each row to `emit`; queries in its columns are expanded, objects stay.
    ///
    /// A limit stops the source as soon as it is reached. One below 1 gives one row all the same.
    func run(_ emit: (VQLRow) throws -> Void) throws {
        explainer?.started()
        let reached = LimitReached(token: LimitReached.Token())
        var rest = max(select.limit?.value ?? .max, 1)
        func emitWithinLimit(_ row: VQLRow) throws {
            try emit(row)
            rest -= 1
            if rest == 0 { throw reached }
        }
        do {
            if select.grouping != nil || select.ordering != nil {
                for row in try ordered(select.grouping == nil ? rows() : groups()) { try emitWithinLimit(row) }
            } else {
                try forEachRow(emitWithinLimit)
            }
        } catch let stop as LimitReached where stop.token === reached.token {}
    }

    private func rows() throws -> [VQLRow] {
        var rows: [VQLRow] = []
        try forEachRow { rows.append($0) }
        return rows
    }

    // MARK: - Without GROUP BY

    private func forEachRow(_ emit: (VQLRow) throws -> Void) throws {
        try forEachCandidate { candidate in
            let row = try candidate.row(aggregates: nil)
            explainer?.emitting(row)
            try emit(row)
        }
    }

    /// Every source row that WHERE lets through, with its columns still to be evaluated where possible.
    private func forEachCandidate(_ take: (Candidate) throws -> Void) throws {
        let context = evaluator.scope.context
        try SourceRunner(select.source, evaluator).run { source in
            try context.checkCancelled()
            explainer?.received(source)
            let isPlain = select.condition == nil && select.grouping == nil
            if isPlain && layout.isIdentity {
                return try take(.finished(try evaluator.expandingQueries(source)))
            }
            let row = Evaluator(scope: evaluator.scope.with(source), text: evaluator.text)
            if isPlain {
                return try take(.finished(try layout.row(source) { try layout.value(at: $0, row) }))
            }
            let columns = LazyColumns(layout, source: source, evaluator: row)
            if let condition = select.condition {
                let test = Evaluator(scope: row.scope.with(columns), text: row.text)
                guard try test.isTrue(test.value(of: condition)) else {
                    explainer?.rejected()
                    return
                }
            }
            try take(.columns(columns, row.scope))
        }
    }

    /// A source row on its way to becoming an output row.
    private enum Candidate {
        case finished(VQLRow)
        /// The columns, and the scope in which the source row is seen.
        case columns(LazyColumns, Scope)

        func row(aggregates: AggregateStates?) throws -> VQLRow {
            switch self {
            case .finished(let row): row
            case .columns(let columns, _): try columns.row(aggregates: aggregates)
            }
        }
    }

    // MARK: - With GROUP BY

    /// One row per group, in the order in which the groups were first seen: the columns of the group's last row.
    private func groups() throws -> [VQLRow] {
        guard let grouping = select.grouping else { return [] }
        var bins: [String: Int] = [:]
        var groups: [(aggregates: AggregateStates, row: VQLRow)] = []
        try forEachCandidate { candidate in
            guard case .columns(let columns, let scope) = candidate else { return }
            let keys = Evaluator(scope: scope.with(columns), text: evaluator.text)
            let key = try keys.value(of: grouping).displayText
            if let place = bins[key] {
                groups[place].row = try candidate.row(aggregates: groups[place].aggregates)
            } else {
                let aggregates = AggregateStates()
                bins[key] = groups.count
                groups.append((aggregates, try candidate.row(aggregates: aggregates)))
            }
        }
        return groups.map(\.row)
    }

    // MARK: - ORDER BY

    /// Sorted by an output column. Equal keys keep their order, and DESC turns the whole around.
    private func ordered(_ rows: [VQLRow]) -> [VQLRow] {
        guard let ordering = select.ordering else { return rows }
        let column = ordering.column.unquotedName
        var keyed: [(key: VQLValue, row: VQLRow)] = []
        for row in rows {
            if row.position(of: column) == nil {
                let message = "Order by column \(column) not present in row"
                evaluator.scope.context.log(LogLine(.plain, message))
            }
            let key = row[column] ?? .null
            keyed.append((key.isNull ? "" : key, row))
        }
        guard rows.contains(where: { $0.position(of: column) != nil }) else { return rows }
        let sorted = keyed.sorted { $0.key.isLess(than: $1.key) }.map(\.row)
        return ordering.isDescending ? sorted.reversed() : sorted
    }
}

/// Ends a source whose SELECT has all the rows it wants.
private struct LimitReached: Error {
    /// Tells the limits of nested SELECTs apart.
    final class Token: Sendable {}

    let token: Token
}
