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
        Self.yaml(
            user.name,
            roots: roots,
            certificate: certificate,
            privateKey: privateKey,
            address: "127.0.0.1:\(port)"
        )
    }

    static func yaml(
        _ name: String,
        roots: String,
        certificate: String,
        privateKey: String,
        address: String
    ) -> String {
        """
        ca_certificate: \(block(roots))
        client_cert: \(block(certificate))
        client_private_key: \(block(privateKey))
        api_connection_string: \(address)
        name: \(name)

        """
    }

    private static func block(_ pem: String) -> String {
        "|\n" + pem.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}
