// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import SecretStore

/// Where a value comes from.
enum SecretInput {
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        return try readToEnd(descriptor, path)
    }

    /// What is piped in, or a line that is typed and not shown.
    static func standardInput(for name: String) throws -> [UInt8] {
        guard isatty(STDIN_FILENO) == 1 else { return try readToEnd(STDIN_FILENO, "standard input") }
        let first = try withoutEcho { try typedLine("Value of \(name): ") }
        let second = try withoutEcho { try typedLine("Once more: ") }
        guard first == second else {
            throw MegaraptorError(.invalidArgument, "The two values differ. Nothing was kept.", hint: "Type it again.")
        }
        return first
    }

    /// More than can be kept is not read: the store says so.
    private static func readToEnd(_ descriptor: Int32, _ name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count <= SecretStore.greatestValue {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(name) }
            if count == 0 { break }
            bytes += part.prefix(count)
        }
        return bytes
    }

    private static func failure(_ name: String) -> MegaraptorError {
        MegaraptorError(.notFound, "\(name) cannot be read.", cause: String(cString: strerror(errno)))
    }

    private static func typedLine(_ prompt: String) throws -> [UInt8] {
        _ = prompt.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        _ = Glibc.write(STDERR_FILENO, "\n", 1)
        return line
    }

    /// Signals that would end the program wait until the terminal is as it was.
    private static func withoutEcho<Value>(_ body: () throws -> Value) throws -> Value {
        var signals = sigset_t()
        var before = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGHUP] { sigaddset(&signals, signal) }
        var terminal = termios()
        guard tcgetattr(STDIN_FILENO, &terminal) == 0 else { throw failure("the terminal") }
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var silent = terminal
        silent.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw failure("the terminal") }
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal) }
        return try body()
    }
}
