// SPDX-License-Identifier: Apache-2.0

/// Tells quickly that a key has not been met in its object, so that only doubtful ones are searched for.
///
/// Each key leaves a print of eight bytes. Prints that differ belong to different keys.
struct KeyFilter {
    /// Where the prints of this object begin.
    let first: Int
    /// Whether prints can be trusted: a key with escapes may equal one that looks different.
    private var isSure = true

    /// Beyond this many the search in the object's index is quicker.
    private static let limit = 32

    init(first: Int) { self.first = first }

    /// Whether the key is certainly new. `prints` holds those of this object from ``first`` on.
    @inline(__always)
    mutating func isNew(_ key: UnsafeRawBufferPointer, escaped: Bool, among prints: inout [UInt64]) -> Bool {
        if escaped || prints.count - first >= Self.limit { isSure = false }
        guard isSure else { return false }
        let print = Self.print(of: key)
        var isNew = true
        for place in first..<prints.count where prints[place] == print { isNew = false }
        prints.append(print)
        return isNew
    }

    /// The length, the first bytes and the last ones.
    @inline(__always)
    private static func print(of key: UnsafeRawBufferPointer) -> UInt64 {
        var print = UInt64(truncatingIfNeeded: key.count)
        if key.count >= 8 {
            print = print &* 0x9E37_79B9_7F4A_7C15
            print ^= key.loadUnaligned(as: UInt64.self)
            print = print &* 0x9E37_79B9_7F4A_7C15
            return print ^ key.loadUnaligned(fromByteOffset: key.count - 8, as: UInt64.self)
        }
        for byte in key { print = print << 8 | UInt64(byte) }
        return print
    }
}
