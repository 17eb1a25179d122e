// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Lets a worker that dies because no memory is left say so: whoever cannot allocate crashes in one way or another.
enum MemoryExhaustion {
    /// What a worker leaves with instead of by the signal.
    static let exitStatus: Int32 = 89

    private static let limit = Atomic<Int>(0)

    static func watch(limit bytes: Int) {
        limit.store(bytes, ordering: .releasing)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            if MemoryExhaustion.isLikely { _exit(MemoryExhaustion.exitStatus) }
            raise(signal)
        }
        // Raised again it finds its usual meaning.
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
        for signal in [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS] { sigaction(signal, &action, nil) }
    }

    /// Whether three quarters are in use. Runs in a signal handler: nothing here allocates.
    private static var isLikely: Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { text in
            let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
            let count = read(descriptor, text.baseAddress, text.count)
            var field = 0
            var pages = 0
            for index in 0..<max(0, count) {
                if text[index] >= UInt8(ascii: "0") {
                    pages = pages * 10 + Int(text[index] - UInt8(ascii: "0"))
                } else {
                    field += 1
                    // The sixth number is what belongs to the process alone.
                    if field == 6 { return pages * Int(getpagesize()) >= limit.load(ordering: .acquiring) / 4 * 3 }
                    pages = 0
                }
            }
            return false
        }
    }
}
