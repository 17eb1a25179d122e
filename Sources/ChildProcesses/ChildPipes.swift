// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// The three pipes of a child to be. The child's ends close with this value.
struct ChildPipes: ~Copyable {
    /// Where we write its input and read its output and errors: non-blocking. The caller closes them.
    let ours: [Int32]
    private let theirs: [Int32]

    init() throws(MegaraptorError) {
        var (ours, theirs): ([Int32], [Int32]) = ([], [])
        for index in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                for end in ours + theirs { close(end) }
                throw MegaraptorError(.resourceExhausted, "No pipe can be made for a command.")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            let (our, their) = index == 0 ? (ends[1], ends[0]) : (ends[0], ends[1])
            _ = fcntl(our, F_SETFL, O_NONBLOCK)
            ours.append(our)
            theirs.append(their)
        }
        self.ours = ours
        self.theirs = theirs
    }

    deinit { for end in theirs { close(end) } }

    /// In a group and with the signals of its own: threads of the pool have signals blocked, which a child inherits.
    func spawn(_ words: [String], _ environment: [String]) throws(MegaraptorError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (index, end) in theirs.enumerated() { posix_spawn_file_actions_adddup2(&actions, end, Int32(index)) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id: pid_t = 0
        var failure = ETXTBSY
        // A program that was just written is held open for a moment by whatever another thread is starting meanwhile.
        for attempt in 0..<50 where failure == ETXTBSY {
            if attempt > 0 { usleep(10_000) }
            failure = posix_spawn(&id, words[0], &actions, &attributes, arguments, variables)
        }
        guard failure == 0 else {
            for end in ours { close(end) }
            throw MegaraptorError(.internal, "\(words[0]) cannot be started: \(String(cString: strerror(failure))).")
        }
        return id
    }
}
