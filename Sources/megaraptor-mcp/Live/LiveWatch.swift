// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Logging
import MCPServer
import Synchronization

/// Has a host read its files again when one of them changes.
final class LiveWatch: Sendable {
    private struct State {
        var watch: FolderWatch?
        var isOver = false
    }

    private let live: LiveHost
    private let server: MCPServer
    private let logger: Logger
    private let state = Mutex(State())
    /// What was read before a change must not take the place of what was read after it.
    private let oneAtATime = Mutex(())

    /// Begins beside the first requests: a client waits for the start.
    init(_ live: LiveHost, _ server: MCPServer, _ logger: Logger) {
        self.live = live
        self.server = server
        self.logger = logger
        DispatchQueue(label: "megaraptor.watching").async { self.begin() }
    }

    /// Nothing is read again from here on.
    func end() {
        state.withLock { $0 = State(isOver: true) }
    }

    private func begin() {
        guard let watch = FolderWatch(changed: { [weak self] in self?.reload() }) else {
            logger.warning("the system grants no watch over files; their changes count at the next start")
            return
        }
        watch.watch(live.places)
        state.withLock { state in if !state.isOver { state.watch = watch } }
        // What changed after the files were read and before they were watched.
        reload()
    }

    /// Reads again what appeared in folders that were not watched yet while they were read.
    private func reload() {
        guard let watch = state.withLock({ $0.watch }) else { return }
        oneAtATime.withLock { _ in
            var places = live.places
            for _ in 0..<Self.mostRounds {
                live.reload(telling: server)
                let now = live.places
                watch.watch(now)
                if now == places { return }
                places = now
            }
        }
    }

    private static let mostRounds = 5
}
