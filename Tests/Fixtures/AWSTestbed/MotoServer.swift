// SPDX-License-Identifier: Apache-2.0

internal import CloudTestbed
internal import Foundation
private import Glibc

/// A real moto_server: the services of AWS in one process on loopback.
public final class MotoServer: Sendable {
    /// What could not be done, with what moto says.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public let url: String
    private let process: pid_t
    private let log: String

    /// Returns once it takes connections.
    public init() async throws {
        log = "/tmp/mr-moto-\(UInt32.random(in: 0...UInt32.max)).log"
        process = try Self.spawn(try CloudTool.path("moto_server"), log)
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let range = text.firstRange(of: "Running on http://") {
                let rest = text[range.upperBound...]
                // The line may still be on its way.
                if rest.contains(where: \.isNewline) {
                    url = "http://" + rest.prefix { !$0.isWhitespace && $0 != "\u{1B}" }
                    return
                }
            }
            var status: Int32 = 0
            guard ContinuousClock.now < end, waitpid(process, &status, WNOHANG) == 0 else {
                kill(process, SIGKILL)
                throw Failure(description: "moto_server does not start: \(text)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    public func end() {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        unlink(log)
    }

    private static func spawn(_ program: String, _ log: String) throws -> pid_t {
        // Without its own images, which cost a second at each question for snapshots.
        let variables = ["PATH=/usr/bin:/bin", "HOME=/tmp", "PYTHONUNBUFFERED=1", "MOTO_EC2_LOAD_DEFAULT_AMIS=false"]
        let arguments = [program, "-H", "127.0.0.1", "-p", "0"]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for pointer in words + environment { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process = pid_t()
        let failure = posix_spawn(&process, program, &actions, &attributes, &words, &environment)
        guard failure == 0 else {
            throw Failure(description: "\(program) cannot be started: \(String(cString: strerror(failure)))")
        }
        return process
    }
}
