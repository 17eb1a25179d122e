// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTransport
import MegaraptorErrors
import Synchronization
import WholeFiles

/// OpenSSH's client in a process of its own that carries a local socket to one of another machine.
///
/// The machine's host key must be known already, and nothing is asked: keys come from the agent or from files.
final class SSHForward: Sendable {
    /// In a folder that only this user can enter.
    let socket: String
    private let folder: String
    private let address: (host: String, port: UInt16?, socket: String)
    private let files: SSHFiles
    private let process: Mutex<pid_t?>

    init(
        user: String?,
        host: String,
        port: UInt16?,
        remoteSocket: String,
        files: SSHFiles
    ) throws(MegaraptorError) {
        var template = Array("/tmp/mr-ssh-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw MegaraptorError(.resourceExhausted, "No folder could be made for a socket: \(Self.reason(errno)).")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.folder = folder
        socket = "\(folder)/s"
        address = (host, port, remoteSocket)
        self.files = files
        let place = (user.map { ["-l", $0] } ?? []) + (port.map { ["-p", String($0)] } ?? []) + ["--", host]
        let arguments = Self.manners + files.arguments + ["-L", "\(folder)/s:\(remoteSocket)"] + place
        do {
            process = Mutex(try Self.spawn(arguments, words: "\(folder)/words"))
        } catch {
            Self.remove(folder)
            throw error
        }
    }

    /// Ssh asks nobody, changes no file of the user, and shares no connection, since one that is shared would outlive it.
    private static let manners = [
        "ssh", "-N", "-T", "-a", "-x", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
        "-o", "UpdateHostKeys=no", "-o", "ControlMaster=no", "-o", "ControlPath=none", "-o", "ConnectTimeout=10",
        "-o", "ExitOnForwardFailure=yes", "-o", "ServerAliveInterval=15",
    ]

    /// Waits until something answers through the socket, or ssh has ended.
    func waitUntilOpen() async throws(MegaraptorError) {
        let end = ContinuousClock.now + .seconds(20)
        let ping = HTTPRequest("GET", "http://engine/_ping", limits: HTTPTimeLimits(total: .seconds(10)))
        while true {
            if hasEnded() { throw failure("ssh ended") }
            do {
                _ = try await HTTPClient(unixSocket: socket).send(ping)
                return
            } catch {
                if error.code == .cancelled { throw error }
                if words.contains(SSHFault.refusedSocket) { throw failure("nothing answers through ssh") }
                guard ContinuousClock.now < end else { throw failure("nothing answers through ssh") }
            }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                throw MegaraptorError(.cancelled, "Waiting for ssh was cancelled.")
            }
        }
    }

    func end() {
        let running = process.withLock { process in
            defer { process = nil }
            return process
        }
        if let running {
            kill(running, SIGKILL)
            waitpid(running, nil, 0)
        }
        Self.remove(folder)
    }

    private func hasEnded() -> Bool {
        process.withLock { running in
            guard let id = running else { return true }
            guard waitpid(id, nil, WNOHANG) == id else { return false }
            running = nil
            return true
        }
    }

    private func failure(_ what: String) -> MegaraptorError {
        SSHFault(
            host: address.host,
            port: address.port,
            remoteSocket: address.socket,
            files: files,
            words: words
        ).error(what)
    }

    /// What ssh has said until now.
    private var words: String {
        do throws(MegaraptorError) {
            return String(decoding: try WholeFile.require("\(folder)/words").suffix(2000), as: UTF8.self)
        } catch {
            return "What ssh said cannot be read: \(error.message)"
        }
    }

    /// What went wrong while the forward was in use, with what ssh says to it.
    func explained(_ error: MegaraptorError) -> MegaraptorError {
        guard error.code == .unavailable else { return error }
        var error = error
        error.message = "By ssh to \(address.host): \(error.message)"
        let words = words
        if error.cause == nil, !words.isEmpty { error.cause = words }
        return error
    }
}

// MARK: - The process

extension SSHForward {
    /// - Parameter words: the file that takes what ssh says.
    private static func spawn(_ arguments: [String], words: String) throws(MegaraptorError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, words, O_WRONLY | O_CREAT, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads of tasks block signals, and a child would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let failure = posix_spawnp(&process, "ssh", &actions, &attributes, &pointers, environ)
        guard failure == 0 else {
            throw MegaraptorError(
                .failedPrecondition,
                "OpenSSH's client cannot be started: \(reason(failure)).",
                hint: "Install it (Debian's package openssh-client)."
            )
        }
        return process
    }

    private static func remove(_ folder: String) {
        for name in ["s", "words"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    private static func reason(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}
