// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Which machine to reach, as whom, and what proves both sides to each other.
public struct SSHDestination: Sendable {
    /// A name or an address, without user and port.
    public var host: String
    public var port: UInt16
    public var user: String
    public var hostKeys: SSHHostKeyPolicy
    /// Tried in this order until the server is content.
    public var logins: [SSHLogin]
    /// For name, TCP, key exchange and login together.
    public var connectTimeout: Duration

    public init(
        host: String,
        port: UInt16 = 22,
        user: String,
        hostKeys: SSHHostKeyPolicy = SSHHostKeyPolicy(),
        logins: [SSHLogin],
        connectTimeout: Duration = .seconds(20)
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.hostKeys = hostKeys
        self.logins = logins
        self.connectTimeout = connectTimeout
    }

    /// How the machine is called in errors.
    var name: String { port == 22 ? host : "\(host), port \(port)" }

    /// libssh takes `user@host` apart and expands `%` itself, so neither may carry more than a name.
    func check() throws(MegaraptorError) {
        let letters = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard letters, !host.isEmpty, !host.hasPrefix("-") else {
            throw MegaraptorError(
                .invalidArgument,
                "The host is no name and no address.",
                hint: "Give user and port apart."
            )
        }
        guard !user.isEmpty, user.utf8.allSatisfy({ $0 > 32 && $0 != 127 }) else {
            throw MegaraptorError(.invalidArgument, "The user's name is empty or has blanks in it.")
        }
    }
}
