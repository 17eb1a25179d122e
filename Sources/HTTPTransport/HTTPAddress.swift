// SPDX-License-Identifier: Apache-2.0

/// A host and a port.
public struct HTTPAddress: Sendable, Hashable {
    /// A name or an internet address, IPv6 without brackets.
    public var host: String
    public var port: UInt16

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// As curl's CONNECT_TO takes it: for every host and port.
    var connectTo: String { "::\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Whether a host is this machine by its name.
    static func isLoopback(_ host: some StringProtocol) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
    }
}
