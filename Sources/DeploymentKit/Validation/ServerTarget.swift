// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import HTTPTransport
internal import MegaraptorErrors

/// One of a server's ports as it is to be probed: where it is, which name it must prove and who must have signed that.
public struct ServerTarget: Sendable {
    public enum Trust: Sendable {
        /// The deployment's own authority. The name is then always `VelociraptorServer`, wherever the server is.
        case authority(Certificate)
        /// A public certificate, by the server's host name and the authorities of the system.
        case system(HostName)
        /// An operator's certificate for a host name, by authorities in PEM.
        case pem([UInt8], HostName)
    }

    /// Where it is reached, which may be another address than the one in its name.
    public var address: HTTPAddress
    public var trust: Trust

    public init(address: HTTPAddress, trust: Trust) {
        self.address = address
        self.trust = trust
    }

    /// The name that the certificate must bear.
    public var name: String {
        switch trust {
        case .authority: UserName.server
        case .system(let host), .pem(_, let host): host.bracketed
        }
    }

    /// A URL of the name and port, for a client of ``client()``.
    func url(_ path: String) -> String { "https://\(name):\(address.port)\(path)" }

    func client() throws(MegaraptorError) -> HTTPClient {
        let authorities: HTTPTrust.Authorities =
            switch trust {
            case .authority(let certificate): .pem(Array(try certificate.pem().utf8))
            case .system: .system
            case .pem(let bytes, _): .pem(bytes)
            }
        // A proxy would answer for the server.
        return HTTPClient(address: address, trust: HTTPTrust(authorities), usesProxy: false)
    }
}
