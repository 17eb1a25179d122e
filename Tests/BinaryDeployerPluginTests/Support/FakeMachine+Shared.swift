// SPDX-License-Identifier: Apache-2.0

import Foundation
import SSHTestbed

extension FakeMachine {
    /// All tests share one folder: their services have names of their own.
    static let made = Result {
        atexit { try? FileManager.default.removeItem(atPath: "/dev/shm/mr-machine-\(getpid())") }
        return try FakeMachine(folder: URL(filePath: "/dev/shm/mr-machine-\(getpid())"))
    }
}
