// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import Glibc
internal import MegaraptorErrors

/// A session of libssh and what hangs on it. Lives and dies on the worker's thread; not `Sendable` on purpose.
///
/// The session never blocks: each call that would wait is repeated after a `poll` that also hears of cancellation.
final class SSHSession {
    let destination: SSHDestination
    let wakeUp: WakeUp
    /// That of the running job.
    var control: JobControl
    /// `nil` before the connection is made and after it was lost or closed.
    private(set) var pointer: OpaquePointer?
    private(set) var socket: Int32 = -1
    var sftp: SFTPChannel?
    private var event: OpaquePointer?

    init(_ destination: SSHDestination, wakeUp: WakeUp) {
        self.destination = destination
        self.wakeUp = wakeUp
        control = JobControl(limit: .zero)
    }

    /// Connects, checks the server's key, logs in. Whatever fails leaves nothing open.
    func open() throws(MegaraptorError) -> SSHHostKey {
        do throws(MegaraptorError) {
            try connect()
            let key = try checkHostKey()
            try logIn()
            event = ssh_event_new()
            guard event != nil, ssh_event_add_session(event, try live()) == SSH_OK else {
                throw MegaraptorError(.resourceExhausted, "libssh could not begin to listen to a session.")
            }
            return key
        } catch {
            close()
            throw error.code == .deadlineExceeded ? stalled(error) : error
        }
    }

    func close() {
        sftp?.close()
        sftp = nil
        guard let session = pointer else { return }
        pointer = nil
        if let event {
            ssh_event_remove_session(event, session)
            ssh_event_free(event)
        }
        event = nil
        if ssh_is_connected(session) != 0 { ssh_disconnect(session) }
        let (descriptor, identity) = (socket, Self.identity(socket))
        socket = -1
        ssh_free(session)
        // libssh closes a socket that it was given in some ends and leaves it in others; the number may be another's now.
        if let identity, identity == Self.identity(descriptor) { Glibc.close(descriptor) }
    }

    private static func identity(_ descriptor: Int32) -> ino_t? {
        var status = Glibc.stat()
        return fstat(descriptor, &status) == 0 ? status.st_ino : nil
    }

    /// The session, as long as there is one.
    func live() throws(MegaraptorError) -> OpaquePointer {
        guard let pointer else {
            throw MegaraptorError(
                .unavailable,
                "The connection to \(destination.name) is gone.",
                hint: "Connect again.",
                retryable: true
            )
        }
        return pointer
    }

    /// Waits until the socket or the worker has news, and checks whether the job may go on.
    func wait() throws(MegaraptorError) {
        try control.check()
        let session = try live()
        let isWriting = ssh_get_poll_flags(session) & SSH_WRITE_PENDING != 0
        var descriptors = [
            pollfd(fd: socket, events: Int16(POLLIN | (isWriting ? POLLOUT : 0)), revents: 0),
            pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, control.millisecondsLeft)
        if descriptors[1].revents != 0 { wakeUp.drain() }
        try control.check()
    }

    /// Has libssh take in and send what it can without waiting.
    func pump() {
        if let event { ssh_event_dopoll(event, 0) }
    }

    /// Repeats a call of libssh for as long as it answers `SSH_AGAIN`.
    func repeating(_ call: (OpaquePointer) -> Int32) throws(MegaraptorError) -> Int32 {
        while true {
            let result = call(try live())
            if result != SSH_AGAIN { return result }
            try wait()
        }
    }

    /// What libssh says of its last failure.
    var lastWords: String {
        guard let pointer, let text = ssh_get_error(UnsafeMutableRawPointer(pointer)) else { return "" }
        return String(cString: text)
    }

    /// The connection broke; nothing can be done on it any more.
    func lost(_ while: String) -> MegaraptorError {
        let cause = lastWords
        close()
        return MegaraptorError(
            .unavailable,
            "The connection to \(destination.name) was lost while \(`while`).",
            hint: "Look at what has been done there before it is repeated.",
            cause: cause.isEmpty ? nil : cause
        )
    }

    private func connect() throws(MegaraptorError) {
        try destination.check()
        let tcp = TCPConnector(host: destination.host, port: destination.port, wakeUp: wakeUp, control: control)
        let socket = try tcp.connect()
        guard let session = ssh_new() else {
            Glibc.close(socket)
            throw MegaraptorError(.resourceExhausted, "libssh could not make a session.")
        }
        pointer = session
        self.socket = socket
        try configure(session)
        ssh_set_blocking(session, 0)
        guard try repeating(ssh_connect) == SSH_OK else {
            throw MegaraptorError(
                .unavailable,
                "\(destination.name) took the connection, but no SSH session could be agreed upon.",
                hint: "Check that an SSH server listens on that port, and that both sides share their algorithms.",
                cause: lastWords
            )
        }
    }

    /// The caller's own files of settings are left out: what is done must not depend on them.
    private func configure(_ session: OpaquePointer) throws(MegaraptorError) {
        var no = false
        var socket = socket
        var port = UInt32(destination.port)
        var yes: Int32 = 1
        var results = [
            ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no),
            ssh_options_set(session, SSH_OPTIONS_HOST, destination.host),
            ssh_options_set(session, SSH_OPTIONS_PORT, &port),
            ssh_options_set(session, SSH_OPTIONS_USER, destination.user),
            ssh_options_set(session, SSH_OPTIONS_FD, &socket),
            ssh_options_set(session, SSH_OPTIONS_NODELAY, &yes),
        ]
        if let file = destination.hostKeys.knownHostsFile {
            results.append(ssh_options_set(session, SSH_OPTIONS_KNOWNHOSTS, file))
            results.append(ssh_options_set(session, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"))
        }
        guard results.allSatisfy({ $0 == SSH_OK }) else {
            throw MegaraptorError(.invalidArgument, "libssh does not take the destination.", cause: lastWords)
        }
    }

    private func stalled(_ error: MegaraptorError) -> MegaraptorError {
        guard error.message == "The time for it is over." else { return error }
        return MegaraptorError(
            .deadlineExceeded,
            "\(destination.name) took the connection, but did not finish key exchange and login in time.",
            hint: "Check what listens on that port, and how busy the machine is.",
            retryable: true
        )
    }
}
