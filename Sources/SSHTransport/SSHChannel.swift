// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import MegaraptorErrors

/// One channel of a session. Frees itself in ``close()``, which must be called on the session's thread.
final class SSHChannel {
    /// What the far side has told and nobody has taken yet.
    struct Inbox {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var status: Int32?
        var signal: String?
    }

    let session: SSHSession
    private(set) var pointer: OpaquePointer?
    private let inbox: UnsafeMutablePointer<Inbox>
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>

    /// An open session channel.
    init(_ session: SSHSession) throws(MegaraptorError) {
        self.session = session
        inbox = .allocate(capacity: 1)
        inbox.initialize(to: Inbox())
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: ssh_channel_callbacks_struct())
        pointer = ssh_channel_new(try session.live())
        try listen()
        let result = try session.repeating { [pointer] _ in ssh_channel_open_session(pointer) }
        guard result == SSH_OK else { throw session.lost("a channel was opened") }
    }

    deinit {
        inbox.deinitialize(count: 1)
        inbox.deallocate()
        callbacks.deallocate()
    }

    /// How the command ended, as far as it has been told.
    var told: (status: Int32?, signal: String?) { (inbox.pointee.status, inbox.pointee.signal) }

    /// The far side has closed. What it sent before may still have to be taken.
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

    /// Lets in what has arrived.
    ///
    /// All of it reaches the inbox by callbacks. libssh's own reading is of no use here: reading one of the two outputs
    /// may let in the last of the other, which nobody would be told of then.
    func pump() throws(MegaraptorError) {
        session.pump()
        guard let live = session.pointer, ssh_is_connected(live) != 0 else {
            if isClosed, told.status != nil || told.signal != nil { return }
            throw session.lost("an answer was awaited")
        }
    }

    /// What came since the last time.
    func takeOutput() -> [UInt8] { take(\.output) }
    func takeErrors() -> [UInt8] { take(\.errors) }

    private func take(_ part: WritableKeyPath<Inbox, [UInt8]>) -> [UInt8] {
        defer { inbox.pointee[keyPath: part] = [] }
        return inbox.pointee[keyPath: part]
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

    private func listen() throws(MegaraptorError) {
        callbacks.pointee.userdata = UnsafeMutableRawPointer(inbox)
        callbacks.pointee.channel_data_function = { _, _, data, count, isError, context in
            guard let data, let inbox = context?.assumingMemoryBound(to: Inbox.self) else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: data, count: Int(count))
            if isError == 0 { inbox.pointee.output += bytes } else { inbox.pointee.errors += bytes }
            return Int32(count)
        }
        callbacks.pointee.channel_exit_status_function = { _, _, status, context in
            context?.assumingMemoryBound(to: Inbox.self).pointee.status = status
        }
        callbacks.pointee.channel_exit_signal_function = { _, _, name, _, _, _, context in
            context?.assumingMemoryBound(to: Inbox.self).pointee.signal = name.map { String(cString: $0) } ?? "?"
        }
        mr_channel_callbacks_init(callbacks)
        guard pointer != nil, ssh_add_channel_callbacks(pointer, callbacks) == SSH_OK else {
            throw MegaraptorError(.resourceExhausted, "libssh could not make a channel.")
        }
    }
}
