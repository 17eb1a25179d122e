// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import Testing

/// A port of loopback that is taken, so that nobody else gets it, but on which nobody listens.
enum ReservedPort {
    static func with<Answer>(_ body: (HTTPAddress) async throws -> Answer) async throws -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && getsockname(descriptor, pointer, &size) == 0
            }
        }
        try #require(status)
        return try await body(HTTPAddress(host: "127.0.0.1", port: UInt16(bigEndian: address.sin_port)))
    }
}
