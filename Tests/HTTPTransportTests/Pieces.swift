// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Gives out the same bytes a number of times.
final class Pieces: Sendable {
    private let rest: Mutex<[UInt8]>

    init(count: Int, of piece: [UInt8]) {
        rest = Mutex([UInt8]((0..<count).map { _ in piece }.joined()))
    }

    func next(_ most: Int) -> [UInt8] {
        rest.withLock { rest in
            let next = Array(rest.suffix(most))
            rest.removeLast(next.count)
            return next
        }
    }
}
