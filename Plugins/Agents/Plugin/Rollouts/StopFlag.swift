// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Synchronization

/// Says that nothing new is to begin. Work on a machine looks at it between its steps, so that none is torn in half.
final class StopFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }

    /// - Parameter next: the step that is not begun any more.
    func check(before next: String) throws(MegaraptorError) {
        guard isSet else { return }
        throw MegaraptorError(
            .cancelled,
            "Stopped before \(next); what was done before it is whole.",
            hint: "The same call goes on: it changes only what differs."
        )
    }
}
