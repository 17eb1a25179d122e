// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program of the system that this one needs done.
enum ChildProgram {
    /// Runs it to its end, with this program's own streams, and gives its exit status. Blocks.
    ///
    /// - Parameters:
    ///   - output: a file that takes its standard output instead.
    ///   - environment: variables beside those of this program.
    static func run(_ words: [String], output: String? = nil, environment: [String] = []) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let own: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
        defer { for pointer in pointers + own { free(pointer) } }
        var variables = own
        while let variable = environ[variables.count - own.count] { variables.append(variable) }
        variables.append(nil)
        var child = pid_t()
        let failure = posix_spawnp(&child, words[0], &actions, nil, &pointers, variables)
        guard failure == 0 else {
            throw ValidationError("\(words[0]) cannot be started: \(String(cString: strerror(failure))).")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw ValidationError("\(words[0]) was started, and its end is not told.") }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
