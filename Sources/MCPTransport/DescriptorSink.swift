// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Sends messages to a descriptor, one per line.
///
/// A flush writes on the spot and on the caller's thread. What a slow reader leaves over is written by a thread of its
/// own, started at the first need, so that neither the reading thread nor a tool waits for the client; beyond
/// ``highWater`` bytes of unread answers they do wait.
public final class DescriptorSink: MessageSink {
    private struct State {
        var pending: [UInt8] = []
        /// How much of `pending` has been written.
        var written = 0
        var isBroken = false
        var hasDrainer = false
        var isDraining = false
        var isFinished = false

        var unwritten: Int { pending.count - written }
    }

    /// How many bytes may wait for a client that does not read.
    public static let highWater = 64 << 20
    /// A buffer beyond this size is given back after use.
    private static let retainedCapacity = 1 << 18

    private let output: OutputDescriptor
    private let state = Mutex(State())
    private let drainRequest = WakeUp()
    private let stop: WakeUp

    /// - Parameter stop: woken when the client has stopped reading for good; once awake, nobody waits for room.
    public init(descriptor: Int32, stop: WakeUp) {
        output = OutputDescriptor(descriptor)
        self.stop = stop
    }

    public func write(flush: Bool, _ build: (inout [UInt8]) -> Void) {
        let unwritten = state.withLock { state -> Int in
            guard !state.isBroken else { return 0 }
            build(&state.pending)
            state.pending.append(0x0A)
            if flush { push(&state) }
            return state.unwritten
        }
        if unwritten > Self.highWater { waitForRoom() }
    }

    public func flush() {
        state.withLock { push(&$0) }
    }

    /// Writes what is left, waiting for the client no longer than the given time. Nothing may be written afterwards.
    public func finish(milliseconds: Int32) {
        defer {
            state.withLock { $0.isFinished = true }
            drainRequest?.wake()
        }
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(milliseconds)
        while clock.now < end {
            let isDone = state.withLock { state in
                push(&state)
                return state.unwritten == 0
            }
            if isDone { return }
            _ = output.waitForRoom(milliseconds: 50)
        }
    }

    /// Writes as much as fits. Runs under the lock.
    private func push(_ state: inout State) {
        while state.unwritten > 0, !state.isBroken {
            let outcome = state.pending.withUnsafeBytes {
                output.write(UnsafeRawBufferPointer(rebasing: $0[state.written...]))
            }
            switch outcome {
            case .wrote(let count): state.written += count
            case .full:
                if state.written * 2 > state.pending.count {
                    state.pending.removeFirst(state.written)
                    state.written = 0
                }
                requestDrain(&state)
                return
            case .broken:
                state.isBroken = true
                stop.wake()
            }
        }
        state.written = 0
        state.pending.removeAll(keepingCapacity: state.pending.capacity <= Self.retainedCapacity)
    }

    private func waitForRoom() {
        while state.withLock({ !$0.isBroken && $0.unwritten > Self.highWater }) {
            guard output.waitForRoom(unless: stop.readEnd) else { return }
            state.withLock { push(&$0) }
        }
    }
}

// MARK: - The thread for slow readers

extension DescriptorSink {
    private func requestDrain(_ state: inout State) {
        if !state.hasDrainer {
            state.hasDrainer = true
            DetachedThread.start { [self] in drain() }
        }
        if !state.isDraining {
            state.isDraining = true
            drainRequest?.wake()
        }
    }

    private func drain() {
        guard let drainRequest else { return }
        while true {
            drainRequest.consumeOne()
            let isFinished = state.withLock { state in
                state.isDraining = false
                return state.isFinished
            }
            if isFinished { return }
            // At the end ``finish(milliseconds:)`` takes over.
            guard output.waitForRoom(unless: stop.readEnd) else { return }
            // Asks for the next round by itself if something is left.
            state.withLock { push(&$0) }
        }
    }
}
