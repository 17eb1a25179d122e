// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import Synchronization

/// A child process just started, with the test's ends of its three pipes.
struct SpawnedProcess {
    let pid: pid_t
    let input: Int32
    let output: Int32
    let error: Int32

    /// Tests start children at the same time; one at a time, none inherits another's pipe and keeps it open.
    private static let oneAtATime = Mutex(())

    static func start(_ program: String, _ arguments: [String], _ environment: [String]) throws -> SpawnedProcess {
        try oneAtATime.withLock { _ in try SpawnedProcess(program, arguments, environment) }
    }

    private init(_ program: String, _ arguments: [String], _ environment: [String]) throws {
        let pipes = try (0..<3).map { _ in try Self.makePipe() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0].reader, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].writer, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[2].writer, STDERR_FILENO)
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, program, &actions, nil, words, variables)
        for end in [pipes[0].reader, pipes[1].writer, pipes[2].writer] { close(end) }
        guard status == 0 else {
            throw MegaraptorError(.notFound, "\(program) cannot be started: \(String(cString: strerror(status)))")
        }
        pid = child
        (input, output, error) = (pipes[0].writer, pipes[1].reader, pipes[2].reader)
    }

    private static func makePipe() throws -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw MegaraptorError(.resourceExhausted, "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
