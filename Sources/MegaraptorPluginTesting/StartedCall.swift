// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A call that may be cancelled before it has begun: then it is cancelled as soon as it has.
final class StartedCall: Sendable {
    private enum State {
        case notYet(isCancelled: Bool)
        case begun(UInt64)
    }

    private let state = Mutex(State.notYet(isCancelled: false))

    func begin(_ call: UInt64, cancel: () -> Void) {
        let isCancelled = state.withLock { state in
            defer { state = .begun(call) }
            if case .notYet(isCancelled: true) = state { return true }
            return false
        }
        if isCancelled { cancel() }
    }

    func cancel(_ cancel: (UInt64) -> Void) {
        let call: UInt64? = state.withLock { state in
            if case .begun(let call) = state { return call }
            state = .notYet(isCancelled: true)
            return nil
        }
        if let call { cancel(call) }
    }
}
