// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Where a call stands in the text: aggregates keep their state by it.
struct CallSite: Sendable, Hashable {
    /// Tells apart texts: the request's, each lambda's, each `query(query='…')`.
    var text: Int
    /// The call's offset in its text.
    var offset: Int
}

/// The states of the aggregate calls of one query, or of one group of a `GROUP BY`.
final class AggregateStates: Sendable {
    private let states = Mutex<[CallSite: VQLValue]>([:])

    /// Changes the state of one call site. The update runs outside the lock: it may evaluate other aggregates.
    func update<Result>(
        _ site: CallSite,
        _ initial: VQLValue,
        _ update: (inout VQLValue) throws -> Result
    ) rethrows -> Result {
        var state = states.withLock { $0[site] } ?? initial
        let result = try update(&state)
        let changed = state
        states.withLock { $0[site] = changed }
        return result
    }
}
