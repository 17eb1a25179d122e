// SPDX-License-Identifier: Apache-2.0

/// The memory that a function gets pointers to, until its results are copied.
final class CallMemory {
    private var blocks: [UnsafeMutableRawBufferPointer] = []

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// Zeros, aligned for every type.
    func zeros(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
        block.initializeMemory(as: UInt8.self, repeating: 0)
        blocks.append(block)
        return UnsafeMutableRawBufferPointer(rebasing: block[..<count])
    }

    /// A copy with a NUL behind it.
    func copy(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let block = zeros(bytes.count + 1)
        block.copyBytes(from: bytes)
        return UnsafeMutableRawBufferPointer(rebasing: block[..<bytes.count])
    }
}
