// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Where somebody listens on this machine.
enum LocalSocket: Sendable {
    case path(String)
    /// Of 127.0.0.1.
    case port(UInt16)

    /// As a container engine's clients name it, and as web clients do.
    var address: String {
        switch self {
        case .path(let path): "unix://\(path)"
        case .port(let port): "http://127.0.0.1:\(port)"
        }
    }

    var number: Int {
        switch self {
        case .path: 0
        case .port(let port): Int(port)
        }
    }

    func connect() throws -> Int32 { try open(Glibc.connect) }

    /// Listens at another place of the same kind.
    func listenBeside() throws -> (LocalSocket, Int32) {
        let place =
            switch self {
            case .path: LocalSocket.path("/tmp/mr-gate-\(UInt32.random(in: 0...UInt32.max))")
            case .port: LocalSocket.port(0)
            }
        let descriptor = try place.open(bind)
        guard Glibc.listen(descriptor, 64) == 0 else {
            close(descriptor)
            throw MegaraptorError(.internal, "nobody can listen at \(place.address)")
        }
        guard case .port = place else { return (place, descriptor) }
        var bound = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return (.port(in_port_t(bigEndian: bound.sin_port)), descriptor)
    }

    func remove() {
        if case .path(let path) = self { unlink(path) }
    }

    private func open(_ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32) throws -> Int32 {
        let isPath = if case .path = self { true } else { false }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(isPath ? AF_UNIX : AF_INET, kind, 0)
        let status =
            switch self {
            case .path(let path): Self.use(descriptor, Self.unix(path), use)
            case .port(let port): Self.use(descriptor, Self.loopback(port), use)
            }
        guard status == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw MegaraptorError(.unavailable, "\(address): \(reason)")
        }
        return descriptor
    }

    private static func unix(_ path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return address
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(port.bigEndian)
        return address
    }

    private static func use<Address>(
        _ descriptor: Int32,
        _ address: Address,
        _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}

extension LocalSocket {
    /// The body of the answer to a form that is sent over HTTP.
    func post(_ form: String, _ headers: [String]) throws -> String {
        let descriptor = try connect()
        defer { close(descriptor) }
        let head =
            ["POST / HTTP/1.0", "Host: 127.0.0.1", "Content-Type: application/x-www-form-urlencoded"]
            + ["Content-Length: \(form.utf8.count)"] + headers
        guard SocketBytes.write(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + form).utf8), to: descriptor) else {
            return ""
        }
        var bytes: [UInt8] = []
        while case let part = SocketBytes.read(descriptor), !part.isEmpty { bytes += part }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
    }
}
