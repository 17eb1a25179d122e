// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

/// One check in a process of its own, which a bad plugin may take down with it.
///
/// The child writes one line of JSON for what it is about to do and one for what it found to a descriptor that only it
/// and this process know. Its standard output and error are caught.
struct CheckChild {
    /// Where the child writes.
    static let resultDescriptor: Int32 = 3

    let arguments: [String]
    let environment: [String]
    let timeLimit: Duration

    private enum End {
        case exited(Int32)
        case signal(Int32)
        case outOfTime
    }

    func finding() throws(MegaraptorError) -> Finding {
        let result = try Self.scratchFile()
        let output = try Self.scratchFile()
        defer {
            close(result)
            close(output)
        }
        let end = wait(for: try spawn(result: result, output: output))
        let lines = Self.text(of: result).split(separator: "\n").compactMap(Self.json)
        if case .exited(0) = end, let finding = lines.last.flatMap(Finding.init(json:)) { return finding }
        let doing = lines.last { $0["doing"] != nil }?["doing"]?.stringValue.map { " during \($0)" } ?? ""
        switch end {
        case .outOfTime: return .fail("The plugin does not come to an end within \(timeLimit)\(doing).")
        case .signal(let signal):
            return .crash(
                "The plugin died of \(Self.name(of: signal))\(doing).\(Self.lastWords(Self.text(of: output)))"
            )
        case .exited(let status):
            return .crash("The plugin ended the process with status \(status)\(doing).")
        }
    }

    private func spawn(result: Int32, output: Int32) throws(MegaraptorError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        posix_spawn_file_actions_adddup2(&actions, result, Self.resultDescriptor)
        let words = (["megaraptor-plugin"] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, "/proc/self/exe", &actions, nil, words, variables)
        guard status == 0 else {
            throw MegaraptorError(
                .resourceExhausted,
                "No process can be started for a check.",
                hint: "Use --in-process.",
                cause: String(cString: strerror(status))
            )
        }
        return child
    }

    private func wait(for child: pid_t) -> End {
        let end = ContinuousClock.now + timeLimit
        var status: Int32 = 0
        while waitpid(child, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < end else {
                kill(child, SIGKILL)
                waitpid(child, &status, 0)
                return .outOfTime
            }
            usleep(2000)
        }
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signal(signal)
    }

    // MARK: - What it left behind

    private static func scratchFile() throws(MegaraptorError) -> Int32 {
        let descriptor = try TemporaryHome.file()
        // 3 is the child's: a descriptor that already has that number would be closed on exec.
        let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
        close(descriptor)
        guard moved >= 0 else {
            throw MegaraptorError(
                .resourceExhausted,
                "No descriptor is left for what a check prints.",
                cause: String(cString: strerror(errno))
            )
        }
        return moved
    }

    /// The last 64 KiB.
    private static func text(of descriptor: Int32) -> String {
        let size = lseek(descriptor, 0, SEEK_END)
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
            count = max(0, pread(descriptor, space.baseAddress, space.count, max(0, size - Int(space.count))))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func json(_ line: Substring) -> JSONValue? {
        do { return try JSONValue(json: line.utf8) } catch { return nil }
    }

    /// What a crashing runtime says last stands at the end.
    private static func lastWords(_ output: String) -> String {
        guard let line = output.split(separator: "\n").last(where: { $0.contains("rror") || $0.contains("ssert") })
        else { return "" }
        return " It said: \(line.prefix(300))"
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "SIGSEGV"
        case SIGABRT: "SIGABRT"
        case SIGBUS: "SIGBUS"
        case SIGILL: "SIGILL"
        case SIGFPE: "SIGFPE"
        case SIGTRAP: "SIGTRAP"
        case SIGKILL: "SIGKILL"
        case SIGTERM: "SIGTERM"
        case SIGPIPE: "SIGPIPE"
        case SIGXCPU: "SIGXCPU"
        default: "signal \(signal)"
        }
    }
}
