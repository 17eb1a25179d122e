// SPDX-License-Identifier: Apache-2.0

/// What one output of a command carried, up to a limit.
public struct CommandOutput: Sendable, Hashable {
    public private(set) var bytes: [UInt8] = []
    /// How many more bytes came after the limit; 0 when all is there.
    public private(set) var droppedBytes = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// As text; what is no UTF-8 shows as U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ new: UnsafeRawBufferPointer) {
        let kept = min(new.count, max(0, limit - bytes.count))
        bytes.append(contentsOf: new.prefix(kept))
        droppedBytes += new.count - kept
    }
}
