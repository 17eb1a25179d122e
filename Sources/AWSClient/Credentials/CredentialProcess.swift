// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// A command of the user's that writes credentials as JSON.
///
/// As in the SDKs a shell runs it, with this process's environment. What it writes to its standard error is not looked
/// at: it may hold anything.
struct CredentialProcess: Sendable {
    private static let limit: Duration = .seconds(60)
    private static let greatestOutput = 64 << 10

    let command: String
    let source: String

    func find() async throws(MegaraptorError) -> AWSCredentials {
        let (process, output) = try start()
        defer { close(output) }
        do throws(MegaraptorError) {
            let bytes = try await read(output)
            let status = try await ended(process)
            guard status == 0 else { throw failure("it ended with status \(status)") }
            return try CredentialsDocument.read(bytes, tokenName: "SessionToken", source: source)
        } catch {
            kill(-process, SIGKILL)
            waitpid(process, nil, 0)
            throw error
        }
    }

    private func start() throws(MegaraptorError) -> (pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure("no pipe can be made") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group and signals of its own: threads of the pool have signals blocked, which a child inherits.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        let texts: [String] = ["/bin/sh", "-c", command]
        var words = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ) == 0 else {
            close(ends[0])
            throw failure("no shell can be started")
        }
        return (process, ends[0])
    }

    private func read(_ output: Int32) async throws(MegaraptorError) -> [UInt8] {
        let end = ContinuousClock.now + Self.limit
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(output, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
                guard bytes.count <= Self.greatestOutput else { throw failure("it writes too much") }
                continue
            }
            guard errno == EAGAIN || errno == EINTR else { throw failure("its output cannot be read") }
            guard ContinuousClock.now < end else { throw failure("it did not end within \(Self.limit)") }
            try await pause()
        }
    }

    /// The process may live a little longer than its output.
    private func ended(_ process: pid_t) async throws(MegaraptorError) -> Int32 {
        let end = ContinuousClock.now + .seconds(10)
        var status: Int32 = 0
        while true {
            let answer = waitpid(process, &status, WNOHANG)
            if answer == process { return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) }
            guard ContinuousClock.now < end, answer == 0 || errno == EINTR else {
                throw failure("it closed its output and did not end")
            }
            try await pause()
        }
    }

    private func pause() async throws(MegaraptorError) {
        do {
            try await Task.sleep(for: .milliseconds(10))
        } catch {
            throw MegaraptorError(.cancelled, "Waiting for \(source) was cancelled, and it was ended.")
        }
    }

    private func failure(_ why: String) -> MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "\(source) gives no credentials: \(why).",
            hint: "Run the command in a shell, and see what it says."
        )
    }
}
