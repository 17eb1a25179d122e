// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Ports of this machine.
enum LocalPort {
    /// Why nothing could listen there now; `nil` where something could.
    static func refusal(_ address: String, _ port: Int) -> String? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let found else {
            return "it is no internet address"
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(found.pointee.ai_family, found.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        // Connections that ended a moment ago do not keep a server from listening.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) != 0 else { return nil }
        // The engine may listen on low ports where this user may not.
        return errno == EACCES ? nil : String(cString: strerror(errno))
    }
}
