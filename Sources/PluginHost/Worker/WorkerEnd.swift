// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// How a worker's process ended, in words that follow "its worker".
struct WorkerEnd: Sendable {
    let words: String
    /// Whether the plugin brought it about.
    let isOwnFault: Bool

    /// What a worker leaves with whose plugin has closed its connection.
    static let connectionClosed: Int32 = 88

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
        let seconds =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
        if signal == 0, (status >> 8) & 0xFF == MemoryExhaustion.exitStatus {
            self.init("ran out of its memory limit of \(limits.memoryMebibytes) MiB", isOwnFault: true)
        } else if signal == 0, (status >> 8) & 0xFF == Self.connectionClosed {
            self.init("closed its connection to the host", isOwnFault: true)
        } else if signal == 0 {
            self.init("left by itself with status \((status >> 8) & 0xFF)", isOwnFault: true)
        } else if signal == SIGXCPU || signal == SIGKILL && seconds >= Double(limits.cpuSeconds) {
            self.init("ran out of its \(limits.cpuSeconds) seconds of processor time", isOwnFault: true)
        } else {
            let doubt = signal == SIGKILL ? ", by somebody else or because the machine has no memory left" : ""
            let name = Self.names[signal] ?? "a signal"
            let isOwnFault = signal != SIGKILL && signal != SIGTERM
            self.init("was killed by \(name) (signal \(signal))\(doubt)", isOwnFault: isOwnFault)
        }
    }
}
