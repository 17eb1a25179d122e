// SPDX-License-Identifier: Apache-2.0

import MCPServer
import MegaraptorErrors
import Synchronization

/// Keeps what a server reports of its calls.
final class FakeRecorder: CallRecorder {
    struct Entry: Sendable {
        var call: CallDescription
        var outcome: CallOutcome?
        var wasBegun: Bool
    }

    private let state = Mutex<[Entry]>([])
    /// What `begin` throws instead.
    let refusal: MegaraptorError?
    private let endings: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation

    init(refusal: MegaraptorError? = nil) {
        self.refusal = refusal
        (endings, ending) = AsyncStream.makeStream()
    }

    var entries: [Entry] { state.withLock { $0 } }

    func begin(_ call: CallDescription) async throws(MegaraptorError) -> End {
        if let refusal { throw refusal }
        let place = state.withLock { entries in
            entries.append(Entry(call: call, outcome: nil, wasBegun: true))
            return entries.count - 1
        }
        return { [self] outcome in
            state.withLock { $0[place].outcome = outcome }
            ending.yield()
        }
    }

    func refused(_ call: CallDescription, _ outcome: CallOutcome) async {
        state.withLock { $0.append(Entry(call: call, outcome: outcome, wasBegun: false)) }
    }

    /// Waits until a call has ended.
    func waitForEnd() async {
        for await _ in endings { return }
    }
}
