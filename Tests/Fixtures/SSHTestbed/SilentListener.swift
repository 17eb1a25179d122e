// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Holds a port of 127.0.0.1: takes connections there, and says nothing.
public final class SilentListener {
    public let port: UInt16
    private let socket: Int32
    private var taken: Int32 = -1

    public init() throws {
        port = try SSHTestServer.freePort()
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let isListening = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && listen(socket, 8) == 0
            }
        }
        guard isListening else { throw TestbedFailure(text: "No listener: \(errno)") }
    }

    deinit {
        close(socket)
        if taken >= 0 { close(taken) }
    }

    public func waitForOne() { taken = accept(socket, nil, nil) }
}
