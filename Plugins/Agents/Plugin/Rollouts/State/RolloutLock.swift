// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import Synchronization
import SystemPackage
import WholeFiles

/// Keeps everybody else from rolling out for a deployment at the same time, over processes. The kernel gives it back when
/// its holder ends, however that happens, so nobody ever has to clear it.
final class RolloutLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: `conflict` with who has it.
    init(folder: String, for id: RolloutID) throws(MegaraptorError) {
        try PrivateFile.makeFolder(FilePath(folder))
        let path = Self.path(folder)
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw MegaraptorError(.internal, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        // Somebody who only looks whether there is a holder has it for a moment.
        var tries = 50
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            tries -= 1
            guard tries > 0 else {
                let holder = Self.name(descriptor)
                close(descriptor)
                throw MegaraptorError(
                    .conflict,
                    "The rollout \(holder) goes on for this deployment.",
                    hint: "Wait until it has ended: list_agent_rollouts shows how far it is. Nothing was done.",
                    retryable: true
                )
            }
            usleep(2000)
        }
        ftruncate(descriptor, 0)
        _ = id.text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    /// Which rollout goes on now.
    static func holder(_ folder: String) -> String? {
        let descriptor = open(path(folder), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        return name(descriptor)
    }

    private static func path(_ folder: String) -> String { "\(folder)/lock" }

    private static func name(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
