// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
internal import Glibc
public import MegaraptorErrors

/// What listens on this machine, from the kernel's own tables.
public struct ListeningPorts: Sendable, Hashable {
    /// In the order of the tables. IPv6 addresses as the system writes them, `::` for all.
    public let endpoints: [DeploymentSpecification.Endpoint]

    /// Asks the kernel.
    ///
    /// - Throws: `unsupported` where there are no such tables.
    public static func current() throws(MegaraptorError) -> ListeningPorts {
        guard let tcp = table("/proc/net/tcp") else {
            throw MegaraptorError(.unsupported, "This system has no /proc/net/tcp, so nobody can say who listens.")
        }
        return ListeningPorts(tcp: tcp, tcp6: table("/proc/net/tcp6") ?? "")
    }

    /// Reads the texts of `/proc/net/tcp` and `/proc/net/tcp6`.
    public init(tcp: String, tcp6: String) {
        endpoints = (tcp.split(separator: "\n") + tcp6.split(separator: "\n")).compactMap(Self.endpoint)
    }

    /// The addresses on which something listens at this port.
    public func addresses(port: Int) -> [String] {
        var addresses: [String] = []
        for endpoint in endpoints where endpoint.port == port && !addresses.contains(endpoint.address) {
            addresses.append(endpoint.address)
        }
        return addresses
    }

    // MARK: - The tables

    /// The state of a listening socket.
    private static let listening = "0A"

    /// `1: 0100007F:1F40 00000000:0000 0A …`: each 32 bits of the address in the machine's byte order.
    private static func endpoint(_ line: Substring) -> DeploymentSpecification.Endpoint? {
        let fields = line.split(separator: " ", maxSplits: 4)
        guard fields.count > 3, fields[3] == listening else { return nil }
        let parts = fields[1].split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1], radix: 16), let address = address(parts[0]) else { return nil }
        return DeploymentSpecification.Endpoint(address: address, port: port)
    }

    private static func address(_ digits: Substring) -> String? {
        guard [8, 32].contains(digits.utf8.count) else { return nil }
        var words: [UInt32] = []
        var rest = digits
        while !rest.isEmpty {
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            words.append(word)
            rest = rest.dropFirst(8)
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = words.count == 1 ? AF_INET : AF_INET6
        let isWritten = words.withUnsafeBytes { bytes in
            inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count)) != nil
        }
        return isWritten ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// The file's text; `nil` where there is none. Such files tell no size.
    private static func table(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
