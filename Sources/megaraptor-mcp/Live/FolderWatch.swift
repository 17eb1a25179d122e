// SPDX-License-Identifier: Apache-2.0

@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Tells when something changes in folders, by inotify. The one place that is Linux alone.
///
/// Editors write several times and rename; an installer copies many files. So a change is told once things have been
/// quiet for a moment, at the latest after a second. A folder that is not there yet is awaited through the nearest one
/// above it.
final class FolderWatch: Sendable {
    private struct State {
        var places = WatchedPlaces()
        /// The watch of each folder, and what it stands for.
        var folders: [Int32: String] = [:]
        var firstChange: DispatchTime?
        var generation = 0
    }

    private static let quiet = DispatchTimeInterval.milliseconds(100)
    private static let patience: UInt64 = 1_000_000_000
    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
    )

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "megaraptor.watch")
    private let source: any DispatchSourceRead
    private let changed: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameter changed: called on the watch's own queue, one call after the other.
    /// - Returns: `nil` where the system grants no watch.
    init?(changed: @escaping @Sendable () -> Void) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        self.changed = changed
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setCancelHandler { [descriptor] in close(descriptor) }
        source.setEventHandler { [weak self] in self?.readEvents() }
        source.resume()
    }

    deinit {
        source.cancel()
    }

    /// Watches exactly these places from here on.
    func watch(_ places: WatchedPlaces) {
        let wanted = places.existing
        state.withLock { state in
            for (watch, folder) in state.folders where !wanted.folders.contains(folder) {
                inotify_rm_watch(descriptor, watch)
                state.folders[watch] = nil
            }
            // One folder has one watch, however often it is added.
            for folder in wanted.folders {
                let watch = inotify_add_watch(descriptor, folder, Self.events)
                if watch >= 0 { state.folders[watch] = folder }
            }
            state.places = wanted
        }
    }

    // MARK: - Events

    private func readEvents() {
        let isRelevant = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
            var isRelevant = false
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return isRelevant }
                if take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { isRelevant = true }
            }
        }
        if isRelevant { schedule() }
    }

    private func take(_ events: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        var isRelevant = false
        let header = MemoryLayout<inotify_event>.size
        state.withLock { state in
            while offset + header <= events.count {
                let event = events.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                let bytes = events[(offset + header)..<(offset + header + Int(event.len))]
                let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                offset += header + Int(event.len)
                if event.mask & UInt32(IN_IGNORED) != 0 {
                    state.folders[event.wd] = nil
                } else if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
                    isRelevant = true
                }
                guard let folder = state.folders[event.wd] else { continue }
                isRelevant = isRelevant || name.isEmpty || state.places.contains(name, in: folder)
            }
        }
        return isRelevant
    }

    private func schedule() {
        let (generation, isOverdue) = state.withLock { state in
            state.generation += 1
            let first = state.firstChange ?? .now()
            state.firstChange = first
            return (state.generation, DispatchTime.now().uptimeNanoseconds - first.uptimeNanoseconds > Self.patience)
        }
        guard !isOverdue else { return tell(generation) }
        queue.asyncAfter(deadline: .now() + Self.quiet) { [weak self] in self?.tell(generation) }
    }

    private func tell(_ generation: Int) {
        let isLast = state.withLock { state in
            guard state.generation == generation, state.firstChange != nil else { return false }
            state.firstChange = nil
            return true
        }
        if isLast { changed() }
    }
}
