// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a server told its operator.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}
