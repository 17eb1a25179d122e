// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP socket that listens.
public struct ListeningSocket: Sendable {
    let descriptor: Int32
    /// The port that was bound, also where 0 was asked for.
    public let port: Int

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - host: an address or a name of this machine; empty for all IPv4 addresses.
    ///   - port: 0 for any free one.
    public init(host: String, port: Int) throws(ListenFailure) {
        let place = "listen tcp \(host):\(port)"
        if host.contains(":"), !host.hasPrefix("[") {
            throw ListenFailure(description: "listen tcp: address \(host):\(port): too many colons in address")
        }
        let name = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        guard let address = Self.resolve(name.isEmpty ? "0.0.0.0" : name, port) else {
            throw ListenFailure(description: "\(place): lookup \(name): no such host")
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, kind, 0)
        guard descriptor >= 0 else { throw Self.failure(place, "socket") }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        do throws(ListenFailure) {
            guard address.bind(descriptor) == 0 else { throw Self.failure(place, "bind") }
            guard listen(descriptor, 128) == 0 else { throw Self.failure(place, "listen") }
            self.port = try Self.boundPort(descriptor, place)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// Gives the address back.
    public func close() { _ = Glibc.close(descriptor) }

    private static func failure(_ place: String, _ step: String) -> ListenFailure {
        let reason = String(cString: strerror(errno))
        return ListenFailure(description: "\(place): \(step): \(reason.prefix(1).lowercased())\(reason.dropFirst())")
    }

    // MARK: - Addresses

    private struct Address {
        var family: Int32
        var bytes: [UInt8]

        /// Binds, and gives the answer of the call.
        func bind(_ descriptor: Int32) -> Int32 {
            bytes.withUnsafeBytes { raw in
                guard let start = raw.assumingMemoryBound(to: sockaddr.self).baseAddress else { return -1 }
                return Glibc.bind(descriptor, start, socklen_t(raw.count))
            }
        }
    }

    private static func resolve(_ name: String, _ port: Int) -> Address? {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, String(port), &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(first) }
        guard let start = first.pointee.ai_addr else { return nil }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(first.pointee.ai_addrlen))
        return Address(family: first.pointee.ai_family, bytes: Array(bytes))
    }

    private static func boundPort(_ descriptor: Int32, _ place: String) throws(ListenFailure) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let answer = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard answer == 0 else { throw failure(place, "getsockname") }
        // The port stands at the same place in both families, the high byte first.
        return withUnsafeBytes(of: storage) { Int($0[2]) << 8 | Int($0[3]) }
    }
}
