// SPDX-License-Identifier: Apache-2.0

import VQL

/// What a SELECT's columns are called, and how a row is put together from them.
struct ColumnLayout: Sendable {
    let columns: [Column]
    /// One for each column; `nil` for a star without a name.
    let names: [String?]
    let hasStar: Bool
    /// The distinct names, when no star can add others.
    private let fixedNames: [String]?

    init(_ columns: [Column]) {
        self.columns = columns
        names = columns.map { $0.isPlainStar ? nil : $0.name }
        hasStar = columns.contains { $0.isPlainStar }
        let given = names.compactMap { $0 }
        fixedNames = !hasStar && Set(given).count == given.count ? given : nil
    }

    /// Whether rows pass through unchanged.
    var isIdentity: Bool { !columns.isEmpty && columns.allSatisfy(\.isPlainStar) }

    /// Of columns with one name the last counts.
    func position(of name: String) -> Int? { names.lastIndex(of: name) }

    /// The value of the column at `place`, with queries expanded to their rows.
    ///
    /// Runaway recursion ends here, in the statement's own column: further in, each level could begin it anew.
    func value(at place: Int, _ evaluator: Evaluator) throws -> VQLValue {
        do {
            return try expandedValue(at: place, evaluator)
        } catch is StackOverflow where evaluator.scope.isOutermost {
            return .null
        }
    }

    private func expandedValue(at place: Int, _ evaluator: Evaluator) throws -> VQLValue {
        switch columns[place].content {
        case .star:
            return .dict(evaluator.scope.nearestRow)
        case .select(let select):
            return try evaluator.unwrappedRows(of: select)
        case .expression(let expression):
            let value = try evaluator.value(of: expression)
            guard case .query(let query) = value else { return value }
            return try query.list(in: evaluator.scope)
        }
    }

    /// Puts a row together. A star never replaces a column that is there; a later named column does.
    func row(_ source: VQLRow, _ value: (Int) throws -> VQLValue) rethrows -> VQLRow {
        if let fixedNames { return VQLRow(names: fixedNames, values: try columns.indices.map(value)) }
        var row = VQLRow()
        for place in columns.indices {
            if let name = names[place] {
                row[name] = try value(place)
            } else if row.isEmpty {
                row = source
            } else {
                for (name, value) in source where row.position(of: name) == nil { row[name] = value }
            }
        }
        return row
    }
}

extension Column {
    fileprivate var isPlainStar: Bool {
        if case .star = content { return alias == nil }
        return false
    }
}
