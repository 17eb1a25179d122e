// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Waits for asynchronous work on a thread that the host gave for that purpose.
///
/// Only for `activate` and `deactivate`: the host calls them outside the concurrency pool.
enum Blocking {
    /// - Returns: `nil` when the limit passed first; the work then goes on by itself.
    @discardableResult
    static func wait<R: Sendable>(
        within limit: DispatchTimeInterval = .never,
        _ work: @escaping @Sendable () async -> R
    ) -> R? {
        let done = DispatchSemaphore(value: 0)
        let box = Box<R>()
        Task {
            let result = await work()
            box.value.withLock { $0 = result }
            done.signal()
        }
        guard done.wait(timeout: .now() + limit) == .success else { return nil }
        return box.value.withLock { $0 }
    }

    private final class Box<R: Sendable>: Sendable {
        let value = Mutex<R?>(nil)
    }
}
