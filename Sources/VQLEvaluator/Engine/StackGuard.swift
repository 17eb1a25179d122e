// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Knows how much of a thread's stack is left.
///
/// Counting calls is not enough: a body may nest its expressions thousands of levels deep, at each of a thousand calls.
struct StackGuard: Sendable {
    /// What must be left for one more call, however deeply its body nests.
    private static let reserve: UInt = 48 << 20
    /// Taken for a thread that does not know the size of its stack.
    private static let smallestSize: UInt = 512 << 10

    /// The stack grows down to this address.
    private let end: UInt

    /// Of the calling thread, near its stack's beginning. Of a small stack a quarter is kept free instead.
    init() {
        let size = max(UInt(max(Thread.current.stackSize, 0)), Self.smallestSize)
        let usable = size - min(Self.reserve, size / 4)
        let here = Self.currentAddress
        end = here > usable ? here - usable : 0
    }

    /// Whether another call may begin. Ask it only on the thread that made it.
    var hasRoom: Bool { Self.currentAddress > end }

    private static var currentAddress: UInt {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    }
}
