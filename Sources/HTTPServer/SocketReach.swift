// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether somebody listens elsewhere.
public enum SocketReach {
    /// Connects and hangs up. Blocks for at most `seconds` after the name was looked up.
    public static func canConnect(to host: String, port: Int, seconds: Int) -> Bool {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else { return false }
        defer { freeaddrinfo(first) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(first.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        SocketTimeout.set(seconds, on: descriptor)
        return connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0
    }
}

/// How long a socket's calls block.
enum SocketTimeout {
    static func set(_ seconds: Int, on descriptor: Int32) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }
}
