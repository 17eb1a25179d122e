// SPDX-License-Identifier: Apache-2.0

public import Certificates
internal import GRPCTransport
internal import MegaraptorErrors

/// What is needed to talk to a server's API: an address, whom to trust, who we are.
public struct APIClientConfiguration: Sendable, Hashable {
    /// The name every server's certificate carries unless it was told otherwise.
    public static let defaultServerName = "VelociraptorServer"

    /// What a message may weigh where the file says nothing. The server sets no limit of its own.
    public static let defaultMaxReceiveBytes = 64 << 20

    /// Where this was found, in words that can stand in a sentence.
    public var origin: String
    /// `host:port`.
    public var target: String
    public var serverName: String
    public var maxReceiveBytes: Int
    /// PEM texts, of one certificate or several.
    public var authority: String
    public var certificate: String
    /// Never shows itself when the configuration is printed.
    public var privateKey: PrivateKey
    public var certificates: CertificateFacts
    /// What is not wrong but should be known.
    public var warnings: [String]

    /// The key goes to the gRPC core as bytes, never through a file.
    func channel() throws(MegaraptorError) -> GRPCChannelConfiguration {
        GRPCChannelConfiguration(
            target: target,
            tls: GRPCClientTLS(
                roots: authority,
                certificate: certificate,
                privateKey: try privateKey.pkcs8PEM(),
                targetName: serverName
            ),
            maxReceiveBytes: maxReceiveBytes
        )
    }
}

/// What the local certificates tell, for explaining failures.
public struct CertificateFacts: Sendable, Hashable {
    /// Whether the authority beside the client's certificate has signed it.
    public var authorityIssuedClient: Bool
    /// The name under which the server knows this key.
    public var user: String?

    public init(authorityIssuedClient: Bool, user: String?) {
        self.authorityIssuedClient = authorityIssuedClient
        self.user = user
    }
}
