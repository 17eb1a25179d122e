// SPDX-License-Identifier: Apache-2.0

public import PluginManifest
internal import Synchronization

extension PluginHost {
    /// Where a plugin runs and how it fares there, for people.
    public struct PluginStatus: Sendable, Hashable {
        public var isolation: PluginManifest.Isolation
        public var isOpen: Bool
        /// Of its worker.
        public var pid: Int32?
        /// How many workers it has had.
        public var starts: Int
        /// How the last one that was not told to ended, in words that follow "its worker".
        public var lastEnd: String?

        /// "in its own process 1234, started 2 times; the last one was killed by SIGSEGV (signal 11)".
        public var words: String {
            guard isolation == .process else { return isOpen ? "inside the host" : "inside the host, not opened yet" }
            var words = pid.map { "in its own process \($0)" } ?? "in a process of its own, which is not running"
            if starts > 1 { words += ", started \(starts) times" }
            if let lastEnd { words += "; the last one \(lastEnd)" }
            return words
        }
    }

    /// `nil` for a plugin that is not there.
    public func status(of id: String) -> PluginStatus? {
        state.withLock { state in
            guard let manifest = plugins[id] else { return nil }
            var status = PluginStatus(isolation: state.workerSettings.isolation(of: manifest), isOpen: false, starts: 0)
            if case .open(let plugin)? = state.slots[id], plugin.isServing {
                status.isOpen = true
                status.pid = (plugin as? WorkerPlugin)?.pid
            }
            if status.isolation == .process, let history = state.workers[id] {
                status.starts = history.starts
                status.lastEnd = history.lastEnd
            }
            return status
        }
    }
}
