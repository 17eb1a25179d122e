// SPDX-License-Identifier: Apache-2.0

import VQL

extension Select {
    /// The query as messages show it: EXPLAIN once, however often it was written.
    var printedOnce: String {
        guard explainCount > 1 else { return canonicalText }
        let once = Select(
            explainCount: 1,
            columns: columns,
            source: source,
            condition: condition,
            grouping: grouping,
            ordering: ordering,
            limit: limit,
            location: location
        )
        return once.canonicalText
    }
}
