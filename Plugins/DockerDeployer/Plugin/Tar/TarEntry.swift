// SPDX-License-Identifier: Apache-2.0

/// One file or folder of an archive.
struct TarEntry: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case folder
        case bytes([UInt8])
        /// A file of this machine, which must have that many bytes when it is read.
        case file(path: String, size: Int64)
    }

    /// Relative, at most 99 bytes.
    var name: String
    var mode: UInt32
    /// Numeric owner and group.
    var owner: UInt32
    var content: Content

    init(_ name: String, mode: UInt32, owner: UInt32 = 0, _ content: Content) {
        self.name = name
        self.mode = mode
        self.owner = owner
        self.content = content
    }

    var size: Int64 {
        switch content {
        case .folder: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, let size): size
        }
    }
}
