// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Sockets by their path, and ports that are free.
enum UnixSocket {
    static func connect(_ path: String) throws -> Int32 { try open(path, Glibc.connect) }

    static func listen(_ path: String) throws -> Int32 {
        let descriptor = try open(path, bind)
        guard Glibc.listen(descriptor, 64) == 0 else {
            close(descriptor)
            throw MegaraptorError(.internal, "nobody can listen at \(path)")
        }
        return descriptor
    }

    private static func open(
        _ path: String,
        _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw MegaraptorError(.unavailable, "\(path): \(reason)")
        }
        return descriptor
    }
}

/// Somebody who has a port of loopback and says nothing.
final class PortHolder: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && Glibc.listen(descriptor, 1) == 0
                    && getsockname(descriptor, pointer, &size) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            throw MegaraptorError(.internal, "no port can be had")
        }
        port = Int(in_port_t(bigEndian: address.sin_port))
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Ports that are free now, no two the same.
    static func free(_ count: Int) throws -> [Int] {
        try (0..<count).map { _ in try PortHolder() }.map(\.port)
    }
}
