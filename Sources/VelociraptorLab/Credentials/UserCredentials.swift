// SPDX-License-Identifier: Apache-2.0

/// What an API client file holds, as PEM texts.
public struct UserCredentials: Sendable, Hashable {
    /// The authority that signed the server's certificate.
    public var roots: String
    public var certificate: String
    public var privateKey: String
    public var user: LabUser

    /// The file's YAML, in the shape in which the server writes it.
    func yaml(port: Int) -> String {
        """
        ca_certificate: \(Self.block(roots))
        client_cert: \(Self.block(certificate))
        client_private_key: \(Self.block(privateKey))
        api_connection_string: 127.0.0.1:\(port)
        name: \(user.name)

        """
    }

    private static func block(_ pem: String) -> String {
        "|\n" + pem.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}
