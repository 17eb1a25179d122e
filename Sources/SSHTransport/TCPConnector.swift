// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// Opens the TCP connection itself instead of leaving it to libssh, which tells neither refused from unreachable nor
/// lets itself be cancelled.
struct TCPConnector {
    let host: String
    let port: UInt16
    let wakeUp: WakeUp
    let control: JobControl

    /// - Returns: a connected, non-blocking socket.
    func connect() throws(MegaraptorError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var found: UnsafeMutablePointer<addrinfo>?
        // Blocks for as long as the system's resolver likes; a cancelled call is answered after it.
        let failure = getaddrinfo(host, String(port), &hints, &found)
        guard failure == 0 else {
            throw MegaraptorError(
                .unavailable,
                "The name \(host) cannot be resolved: \(String(cString: gai_strerror(failure))).",
                hint: "Check the name, or give an address.",
                retryable: failure == EAI_AGAIN
            )
        }
        defer { freeaddrinfo(found) }
        var last = ECONNREFUSED
        var next = found
        while let address = next?.pointee {
            try control.check()
            let (socket, error) = try attempt(address)
            if let socket { return socket }
            last = error
            next = address.ai_next
        }
        throw words(for: last)
    }

    private func attempt(_ address: addrinfo) throws(MegaraptorError) -> (Int32?, Int32) {
        let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let socket = socket(address.ai_family, address.ai_socktype | flags, address.ai_protocol)
        guard socket >= 0 else { return (nil, errno) }
        if Glibc.connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return (socket, 0) }
        guard errno == EINPROGRESS else {
            let error = errno
            close(socket)
            return (nil, error)
        }
        do throws(MegaraptorError) {
            try waitUntilWritable(socket)
        } catch {
            close(socket)
            throw error.code == .deadlineExceeded ? words(for: ETIMEDOUT) : error
        }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size)
        if error == 0 { return (socket, 0) }
        close(socket)
        return (nil, error)
    }

    private func waitUntilWritable(_ socket: Int32) throws(MegaraptorError) {
        while true {
            try control.check()
            var descriptors = [
                pollfd(fd: socket, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&descriptors, 2, control.millisecondsLeft)
            if descriptors[1].revents != 0 { wakeUp.drain() }
            if descriptors[0].revents != 0 { return }
        }
    }

    private func words(for error: Int32) -> MegaraptorError {
        switch error {
        case ECONNREFUSED:
            MegaraptorError(
                .unavailable,
                "\(host) refused the connection to port \(port).",
                hint: "Check that the SSH server runs there and listens on that port.",
                retryable: true
            )
        case ETIMEDOUT:
            MegaraptorError(
                .deadlineExceeded,
                "\(host) did not answer on port \(port) in time.",
                hint: "Check the address, and that no firewall drops it.",
                retryable: true
            )
        default:
            MegaraptorError(
                .unavailable,
                "\(host), port \(port), cannot be reached: \(String(cString: strerror(error))).",
                hint: "Check the address and the network between.",
                retryable: true
            )
        }
    }
}
