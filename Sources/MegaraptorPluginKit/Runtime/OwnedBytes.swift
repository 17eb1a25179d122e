// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI

/// Bytes on their way to the host.
enum OwnedBytes {
    /// Copies once, into memory whose address is fixed; the host frees it through `release`.
    static func handOver(_ bytes: [UInt8]) -> mr_owned {
        let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
        _ = storage.initialize(from: bytes)
        return mr_owned(
            ptr: storage.baseAddress,
            len: bytes.count,
            release: { $0?.deallocate() },
            release_ctx: UnsafeMutableRawPointer(storage.baseAddress)
        )
    }
}
