// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// A child process with pipes to its standard input and from its standard output.
///
/// Its standard error is this process's, or is thrown away.
struct ChildProcess: ~Copyable {
    private let pid: pid_t
    private var input: Int32
    private let output: Int32
    private var buffer: [UInt8] = []
    private var isRunning = true

    /// - Parameter environment: laid over this process's own.
    init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        quiet: Bool
    ) throws(MegaraptorError) {
        let toChild = try Self.makePipe()
        let fromChild = try Self.makePipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild.reader, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, fromChild.writer, STDOUT_FILENO)
        if quiet { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }

        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        let merged = RunningProgram.environment.merging(environment) { $1 }
        var variables: [UnsafeMutablePointer<CChar>?] = merged.map { strdup("\($0)=\($1)") }
        variables.append(nil)
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, program, &actions, nil, words, variables)
        close(toChild.reader)
        close(fromChild.writer)
        guard status == 0 else {
            close(toChild.writer)
            close(fromChild.reader)
            throw MegaraptorError(
                .notFound,
                "The program \(program) cannot be started.",
                hint: "Build the whole package first: make build.",
                cause: String(cString: strerror(status))
            )
        }
        pid = child
        input = toChild.writer
        output = fromChild.reader
    }

    deinit {
        if input >= 0 { close(input) }
        close(output)
        guard isRunning else { return }
        kill(pid, SIGTERM)
        waitpid(pid, nil, 0)
    }

    /// Close-on-exec, so that no child keeps another's pipe open.
    private static func makePipe() throws(MegaraptorError) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw MegaraptorError(.resourceExhausted, "No pipe can be made.", cause: String(cString: strerror(errno)))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    func write(line: [UInt8]) throws(MegaraptorError) {
        var rest = (line + [UInt8(ascii: "\n")])[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            guard written > 0 else {
                throw MegaraptorError(.unavailable, "The child process does not listen any more.")
            }
            rest = rest.dropFirst(written)
        }
    }

    /// The next line without its end; `nil` when the child has closed its output.
    mutating func readLine() -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                return line
            }
            let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
                count = max(0, read(output, space.baseAddress, space.count))
            }
            if part.isEmpty { return nil }
            buffer += part
        }
    }

    /// Ends the child's input and waits until it has left. Gives its exit status.
    mutating func finish() -> Int32 {
        close(input)
        input = -1
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        isRunning = false
        return (status >> 8) & 0xFF
    }
}
