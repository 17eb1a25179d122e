// SPDX-License-Identifier: Apache-2.0

import Glibc

/// By what a file is known to be the same as when it was read, without reading it again.
struct FileStamp: Sendable, Hashable {
    let path: String
    private let device: UInt
    private let number: UInt
    private let size: Int
    /// Of its content and of its entry, in seconds and nanoseconds.
    private let times: [Int]

    /// `nil` where there is no such file.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        size = Int(status.st_size)
        times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Whether the file is still there as it was.
    var isCurrent: Bool { FileStamp(of: path) == self }
}
