// SPDX-License-Identifier: Apache-2.0

import MCPProtocol
import Synchronization

/// The requests under way. At most `limit` run at once; the rest wait in order.
final class CallTable: Sendable {
    typealias Work = @Sendable (RunningCall) async -> RunningCall.Outcome

    private struct State {
        /// Under one id there may be several, the newest last: clients must not do that, but some do.
        var open: [RequestID: [RunningCall]] = [:]
        var running = 0
        var waiting: [(call: RunningCall, work: Work)] = []
        var onIdle: (@Sendable () -> Void)?
        var isClosed = false

        var isIdle: Bool { running == 0 && waiting.isEmpty }
    }

    /// Further calls are refused: each one holds its arguments in memory.
    static let longestQueue = 10_000

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Runs `work` and sends what it returns.
    func start(_ call: RunningCall, work: @escaping Work) throws(RPCError) {
        let startsNow = state.withLock { state -> Bool? in
            guard !state.isClosed, state.waiting.count < Self.longestQueue else { return nil }
            state.open[call.request.id, default: []].append(call)
            guard state.running < limit else {
                state.waiting.append((call, work))
                return false
            }
            state.running += 1
            return true
        }
        guard let startsNow else { throw RPCError(.internalError, "Too many requests are waiting; try again later") }
        if startsNow { run(call, work) }
    }

    private func run(_ call: RunningCall, _ work: @escaping Work) {
        call.attach(
            Task {
                if call.isOpen { call.finish(await work(call)) }
                self.finished(call)
            }
        )
    }

    private func finished(_ call: RunningCall) {
        let (next, onIdle) = state.withLock { state -> ((call: RunningCall, work: Work)?, (@Sendable () -> Void)?) in
            remove(call, from: &state)
            if !state.waiting.isEmpty { return (state.waiting.removeFirst(), nil) }
            state.running -= 1
            return (nil, state.isIdle ? state.onIdle : nil)
        }
        if let next { run(next.call, next.work) }
        onIdle?()
    }

    private func remove(_ call: RunningCall, from state: inout State) {
        let rest = state.open[call.request.id]?.filter { $0 !== call } ?? []
        state.open[call.request.id] = rest.isEmpty ? nil : rest
    }

    /// Cancels the newest request with the id. An unknown id is no fault: the answer may be on its way.
    ///
    /// - Returns: whether there was one.
    func cancel(_ id: RequestID) -> Bool {
        let call = state.withLock { state -> RunningCall? in
            guard let call = state.open[id]?.last else { return nil }
            remove(call, from: &state)
            return call
        }
        call?.cancel()
        return call != nil
    }
}

// MARK: - The end of a connection

extension CallTable {
    /// Calls back once, as soon as nothing runs or waits any more; at once if that is so already.
    func whenIdle(_ callback: @escaping @Sendable () -> Void) {
        let isIdle = state.withLock { state in
            state.onIdle = callback
            return state.isIdle
        }
        if isIdle { callback() }
    }

    /// Takes no further calls and ends those under way.
    func abortAll() {
        let calls = state.withLock { state in
            state.isClosed = true
            return state.open.values.flatMap { $0 }
        }
        for call in calls { call.abort() }
    }
}
