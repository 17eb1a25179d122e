// SPDX-License-Identifier: Apache-2.0

import MCPTransport
import Synchronization

/// Gathers the answers to a batch and sends them as one array when the last one is there.
final class BatchAnswer: Sendable {
    private struct State {
        var outstanding: Int
        var messages: [[UInt8]] = []
    }

    private let state: Mutex<State>
    private let sink: any MessageSink

    /// - Parameter requests: the number of calls of ``add(_:flush:)`` to wait for.
    init(requests: Int, sink: any MessageSink) {
        state = Mutex(State(outstanding: requests))
        self.sink = sink
    }

    /// Takes one answer; `nil` for a request that was cancelled.
    func add(_ message: [UInt8]?, flush: Bool) {
        let complete = state.withLock { state -> [[UInt8]]? in
            if let message { state.messages.append(message) }
            state.outstanding -= 1
            return state.outstanding == 0 ? state.messages : nil
        }
        guard let complete, !complete.isEmpty else { return }
        sink.write(flush: flush) { output in
            output.append(UInt8(ascii: "["))
            for (index, message) in complete.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                output.append(contentsOf: message)
            }
            output.append(UInt8(ascii: "]"))
        }
    }
}
