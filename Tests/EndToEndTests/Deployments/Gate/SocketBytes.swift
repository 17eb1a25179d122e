// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reading and writing of sockets.
enum SocketBytes {
    /// Empty at the end.
    static func read(_ descriptor: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 1 << 18) { space, count in
            count = max(0, Glibc.read(descriptor, space.baseAddress, space.count))
        }
    }

    /// - Returns: whether all was taken.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return false }
            rest.removeFirst(written)
        }
        return true
    }
}
