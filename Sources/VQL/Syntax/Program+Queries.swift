// SPDX-License-Identifier: Apache-2.0

extension Program {
    /// The queries that send rows, in order. The rest of the statements only defines names.
    public var selects: [Select] {
        statements.compactMap { if case .select(let select) = $0 { select } else { nil } }
    }

    /// Whether the request is one query and nothing else.
    public var isSingleSelect: Bool {
        statements.count == 1 && selects.count == 1
    }
}

extension Select {
    /// The same query, giving no more than some rows.
    ///
    /// A smaller LIMIT that the query has already stays. The server gives one row for a limit below 1, so that is the
    /// least that can be asked for.
    public func limited(to count: Int64) -> Select {
        let count = max(1, count)
        if let limit, limit.value <= count { return self }
        return Select(
            explainCount: explainCount,
            columns: columns,
            source: source,
            condition: condition,
            grouping: grouping,
            ordering: ordering,
            limit: Limit(spelling: String(count), value: count, location: limit?.location ?? location),
            location: location
        )
    }
}
