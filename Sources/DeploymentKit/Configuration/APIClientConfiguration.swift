// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import JSONValue
public import MegaraptorErrors

/// All that an `api_client.yaml` is made of: the file by which this product and Velociraptor's own tools reach the API.
public struct APIClientConfiguration: Sendable {
    /// What the client trusts.
    public var authority: Certificate
    /// Its common name is the user's.
    public var identity: Identity
    /// Where the API is reached from where the file is used.
    public var hostname: HostName
    public var port: Int

    public init(authority: Certificate, identity: Identity, hostname: HostName, port: Int) {
        self.authority = authority
        self.identity = identity
        self.hostname = hostname
        self.port = port
    }

    /// The file's text. Secret.
    public func text(_ format: ConfigurationFormat = .yaml) throws(MegaraptorError) -> String {
        format.text(for: try json())
    }

    /// The same as a value, with the keys that the server's own tools write, and no others. Secret.
    ///
    /// - Throws: `invalidArgument` where the authority has not signed the certificate, or its name is no user's.
    public func json() throws(MegaraptorError) -> JSONValue {
        let common = identity.certificate.commonName ?? ""
        // The server's own certificate is a user that may do everything, before there is any other.
        let name = common == UserName.server ? common : try UserName(common).text
        guard try identity.certificate.isSigned(by: authority), try identity.certificate.matches(identity.key) else {
            throw MegaraptorError(
                .invalidArgument,
                "The certificate of \(name) is not signed by the deployment's authority, or its key is another one's."
            )
        }
        guard (1...65_535).contains(port) else {
            throw MegaraptorError(.invalidArgument, "The API's port is \(port), not 1 to 65535.")
        }
        return [
            "ca_certificate": .string(try authority.pem()),
            "client_cert": .string(try identity.certificate.pem()),
            "client_private_key": .string(try identity.key.pkcs1PEM()),
            "api_connection_string": .string("\(hostname.bracketed):\(port)"),
            "name": .string(name),
        ]
    }
}
