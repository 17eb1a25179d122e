// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import MegaraptorErrors

/// One channel of a session. Frees itself in ``close()``, which must be called on the session's thread.
final class SSHChannel {
    /// What the far side told about the end of the command.
    struct Ending {
        var status: Int32?
        var signal: String?
    }

    let session: SSHSession
    private(set) var pointer: OpaquePointer?
    private let ending: UnsafeMutablePointer<Ending>
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
    private var buffer = [UInt8](repeating: 0, count: 32 << 10)

    /// An open session channel.
    init(_ session: SSHSession) throws(MegaraptorError) {
        self.session = session
        ending = .allocate(capacity: 1)
        ending.initialize(to: Ending())
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: ssh_channel_callbacks_struct())
        pointer = ssh_channel_new(try session.live())
        try listen()
        let result = try session.repeating { [pointer] _ in ssh_channel_open_session(pointer) }
        guard result == SSH_OK else { throw session.lost("a channel was opened") }
    }

    deinit {
        ending.deinitialize(count: 1)
        ending.deallocate()
        callbacks.deallocate()
    }

    var told: Ending { ending.pointee }

    /// Both outputs are at their end and the far side has let go.
    var isAtEnd: Bool { pointer.map { ssh_channel_is_eof($0) != 0 } ?? true }
    var isClosed: Bool { pointer.map { ssh_channel_is_closed($0) != 0 } ?? true }

    func start(_ request: (OpaquePointer?) -> Int32, _ what: String) throws(MegaraptorError) {
        let result = try session.repeating { [pointer] _ in request(pointer) }
        guard result == SSH_OK else {
            guard let live = session.pointer, ssh_is_connected(live) != 0 else { throw session.lost(what) }
            throw MegaraptorError(
                .unsupported,
                "\(session.destination.name) refuses \(what).",
                hint: "Check what its SSH server allows this user.",
                cause: session.lastWords
            )
        }
    }

    /// Writes what fits now.
    ///
    /// - Returns: how many bytes went out; 0 when the far side is not ready for more.
    func write(_ bytes: ArraySlice<UInt8>) throws(MegaraptorError) -> Int {
        let pointer = pointer
        let written = bytes.withUnsafeBytes { ssh_channel_write(pointer, $0.baseAddress, UInt32($0.count)) }
        if written == SSH_AGAIN { return 0 }
        guard written >= 0 else { throw session.lost("data was sent") }
        return Int(written)
    }

    /// Hands over what is there now.
    ///
    /// - Returns: whether anything was.
    func read(fromErrors: Bool, _ take: (UnsafeRawBufferPointer) -> Void) throws(MegaraptorError) -> Bool {
        let pointer = pointer
        let count = buffer.withUnsafeMutableBytes {
            ssh_channel_read_nonblocking(pointer, $0.baseAddress, UInt32($0.count), fromErrors ? 1 : 0)
        }
        if count == SSH_EOF || count == SSH_AGAIN || count == 0 {
            try checkConnection()
            return false
        }
        guard count > 0 else { throw session.lost("data was awaited") }
        buffer.withUnsafeBytes { take(UnsafeRawBufferPointer(rebasing: $0.prefix(Int(count)))) }
        return true
    }

    func sendEnd() {
        guard let pointer else { return }
        ssh_channel_send_eof(pointer)
    }

    /// Safe after the session was closed: that freed the channel too.
    func close() {
        guard let pointer else { return }
        self.pointer = nil
        guard session.pointer != nil else { return }
        ssh_remove_channel_callbacks(pointer, callbacks)
        ssh_channel_close(pointer)
        ssh_channel_free(pointer)
    }

    private func checkConnection() throws(MegaraptorError) {
        guard let live = session.pointer, ssh_is_connected(live) != 0 else {
            if isClosed { return }
            throw session.lost("an answer was awaited")
        }
    }

    private func listen() throws(MegaraptorError) {
        callbacks.pointee.userdata = UnsafeMutableRawPointer(ending)
        callbacks.pointee.channel_exit_status_function = { _, _, status, context in
            context?.assumingMemoryBound(to: Ending.self).pointee.status = status
        }
        callbacks.pointee.channel_exit_signal_function = { _, _, name, _, _, _, context in
            context?.assumingMemoryBound(to: Ending.self).pointee.signal = name.map { String(cString: $0) } ?? "?"
        }
        mr_channel_callbacks_init(callbacks)
        guard pointer != nil, ssh_add_channel_callbacks(pointer, callbacks) == SSH_OK else {
            throw MegaraptorError(.resourceExhausted, "libssh could not make a channel.")
        }
    }
}
