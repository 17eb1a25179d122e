// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// How a worker's process ended, in words that follow "its worker".
struct WorkerEnd: Sendable {
    let words: String
    /// Whether the plugin brought it about.
    let isOwnFault: Bool

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL", SIGKILL: "SIGKILL",
        SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU",
    ]

    init(_ words: String, isOwnFault: Bool) {
        self.words = words
        self.isOwnFault = isOwnFault
    }

    /// - Parameters:
    ///   - status: as `wait4` gives it.
    ///   - limits: what the worker was allowed.
    init(status: Int32, usage: rusage, limits: WorkerLimits) {
        let signal = status & 0x7F
        guard signal != 0 else {
            self.init("left by itself with status \((status >> 8) & 0xFF)", isOwnFault: true)
            return
        }
        let ending = "was killed by \(Self.names[signal] ?? "a signal") (signal \(signal))"
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let mebibytes = usage.ru_maxrss >> 10
        if seconds >= limits.cpuSeconds {
            self.init("ran out of its \(limits.cpuSeconds) seconds of processor time and \(ending)", isOwnFault: true)
        } else if Self.isNearly(mebibytes, limits.memoryMebibytes) {
            self.init("ran out of its memory limit of \(limits.memoryMebibytes) MiB and \(ending)", isOwnFault: true)
        } else if signal == SIGKILL {
            let doubt = ", by somebody else or because the machine has no memory left"
            self.init(ending + doubt, isOwnFault: false)
        } else {
            self.init(ending, isOwnFault: signal != SIGTERM)
        }
    }

    /// An allocation that fails ends a process in many ways; that it had used nearly all is what they share. A child
    /// is born with its parent's peak, which says nothing about it.
    private static func isNearly(_ used: Int, _ allowed: Int) -> Bool {
        var own = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        return used * 10 >= allowed * 9 && used > own.ru_maxrss >> 10
    }
}
