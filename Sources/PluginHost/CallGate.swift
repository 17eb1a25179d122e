// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// Lets only so many calls of each plugin run at once; further ones wait in the order in which they came.
final class CallGate: Sendable {
    /// Starts a call; `false` if nobody waits for it any more.
    typealias Start = @Sendable () -> Bool

    private struct Plugin {
        var running = 0
        var waiting: [Start] = []
    }

    private struct State {
        var plugins: [String: Plugin] = [:]
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())
    /// Calls that had to wait start here: who makes room may be a plugin in the middle of its own work.
    private let queue = DispatchQueue(label: "megaraptor.turns", attributes: .concurrent)

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Starts a call now or when its turn comes. A call that was started must ``leave(_:)`` once.
    func enter(_ plugin: String, _ start: @escaping Start) {
        let startsNow = state.withLock { state in
            guard state.plugins[plugin, default: Plugin()].running < limit else {
                state.plugins[plugin]?.waiting.append(start)
                return false
            }
            state.plugins[plugin, default: Plugin()].running += 1
            return !state.isClosed
        }
        if startsNow, !start() { leave(plugin) }
    }

    func leave(_ plugin: String) {
        guard let next = next(plugin) else { return }
        queue.async { if !next() { self.leave(plugin) } }
    }

    /// Whose turn it is; it takes the place of the one that leaves.
    private func next(_ plugin: String) -> Start? {
        state.withLock { state in
            guard !state.isClosed, let first = state.plugins[plugin]?.waiting.first else {
                state.plugins[plugin]?.running -= 1
                return nil
            }
            state.plugins[plugin]?.waiting.removeFirst()
            return first
        }
    }

    /// From here on no call is started.
    func close() {
        state.withLock { $0.isClosed = true }
    }
}
