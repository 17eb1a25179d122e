// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Runs work that takes its time and blocks this thread until it is done. For commands only: the main thread waits.
func waitFor<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> T {
    let done = DispatchSemaphore(value: 0)
    let box = Box<T>()
    Task {
        let value = await work()
        box.value.withLock { $0 = value }
        done.signal()
    }
    while true {
        done.wait()
        if let value = box.value.withLock({ $0 }) { return value }
    }
}

private final class Box<T: Sendable>: Sendable {
    let value = Mutex<T?>(nil)
}
