// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

/// Ports on which nobody listens. None is given out twice in one run.
enum FreePorts {
    private static let taken = Mutex(Set<Int>())

    static func take(_ count: Int) throws -> [Int] {
        try (0..<count).map { _ in try one() }
    }

    private static func one() throws -> Int {
        for _ in 0..<1000 {
            let port = try chosenBySystem()
            if taken.withLock({ $0.insert(port).inserted }) { return port }
        }
        Issue.record("there is no free port")
        return 0
    }

    private static func chosenBySystem() throws -> Int {
        let listener = try Listener(port: 0)
        return listener.port
    }
}

/// Somebody who listens on a port of loopback and says nothing.
final class Listener {
    let port: Int
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, pointer, &size) == 0
            }
        }
        self.port = Int(in_port_t(bigEndian: address.sin_port))
        try #require(status, "no port can be had")
    }

    deinit { close(descriptor) }
}
