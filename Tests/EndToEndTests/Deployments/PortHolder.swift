// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Somebody who has a port of loopback and says nothing.
final class PortHolder: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let socket: LocalSocket
        (socket, descriptor) = try LocalSocket.port(0).listenBeside()
        port = socket.number
    }

    deinit { close(descriptor) }

    /// Ports that are free now, no two the same.
    static func free(_ count: Int) throws -> [Int] {
        try (0..<count).map { _ in try PortHolder() }.map(\.port)
    }
}
