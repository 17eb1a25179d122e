// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A child that is ended by its id.
///
/// Not Foundation's `Process`: that takes a closed descriptor for the child's end, and sshd closes all it inherits.
public final class SpawnedProgram {
    public let id: Int32
    private var isOver = false

    /// Starts it without input; what it prints is dropped.
    public init(_ program: String, _ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        for descriptor: Int32 in 3...255 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        // Threads of the pool have signals blocked, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        let failure = posix_spawn(&id, program, &actions, &attributes, words, environ)
        guard failure == 0 else { throw TestbedFailure(text: "\(program): \(String(cString: strerror(failure)))") }
        self.id = id
    }

    deinit { end() }

    public var isRunning: Bool {
        if !isOver { isOver = waitpid(id, nil, WNOHANG) == id }
        return !isOver
    }

    public func end() {
        guard isRunning else { return }
        kill(id, SIGTERM)
        waitpid(id, nil, 0)
        isOver = true
    }
}
