// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Something that happens once, for any number of waiters.
final class Event: Sendable {
    private struct State {
        var happened = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func signal() {
        let waiters = state.withLock { state in
            state.happened = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let happened = state.withLock { state in
                if !state.happened { state.waiters.append(waiter) }
                return state.happened
            }
            if happened { waiter.resume() }
        }
    }

    /// Waits for the end of the surrounding task.
    static func cancellation() async {
        let event = Event()
        await withTaskCancellationHandler {
            await event.wait()
        } onCancel: {
            event.signal()
        }
    }
}
