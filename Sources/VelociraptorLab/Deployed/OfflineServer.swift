// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors

/// What the server program does with a configuration and its datastore while no server runs on it.
public struct OfflineServer: Sendable {
    private let configuration: ServerConfiguration

    /// - Throws: what the loader refuses, as at the start.
    public init(_ configuration: ServerConfiguration) throws(ServerFailure) {
        try configuration.checkServer()
        self.configuration = configuration
    }

    /// Makes a user, or gives an existing one another password and other roles. A server that runs does not see it.
    ///
    /// - Parameter password: `nil` for a user who cannot log in, or who keeps the password there is.
    public func setUser(_ name: String, password: String?, roles: [String]) throws(ServerFailure) {
        var granted: [Role] = []
        for role in roles {
            guard let known = Role(rawValue: role) else { throw ServerFailure("Invalid role \(role)") }
            granted.append(known)
        }
        guard Account.isValidName(name), name != configuration.serverName else {
            throw ServerFailure("Username is reserved: \(name)")
        }
        let store = try UserStore(location: configuration.datastoreLocation) { ServerFailure($0) }
        var account = try store.users().first { $0.name == name } ?? Account(name: name, roles: [])
        if !granted.isEmpty { account.roles = granted }
        if let password {
            do throws(MegaraptorError) {
                account.password = try PasswordHash(password: password)
            } catch {
                throw ServerFailure(error.message)
            }
        }
        try store.keep(name, account)
    }

    /// Signs a certificate for an API client and writes its file, for its owner's eyes only.
    public func writeAPIClient(_ name: String, to path: String) throws(ServerFailure) {
        let pem = configuration.text("CA", "private_key")
        guard !pem.isEmpty else { throw ServerFailure("Config with valid CA is required") }
        let key = try ServerIdentity.rsaKey(pem) { ServerFailure($0) }
        let roots = configuration.text("Client", "ca_certificate")
        let file: String
        do throws(MegaraptorError) {
            let authority = try CertificateAuthority(certificate: try Certificate(pem: roots), key: key)
            let identity = try authority.issueIdentity(.velociraptorUser(name))
            let address = configuration.apiAddress
            file = UserCredentials.yaml(
                name,
                roots: roots,
                certificate: try identity.certificate.pem(),
                privateKey: try identity.key.pkcs1PEM(),
                address: "\(address.host):\(address.port)"
            )
        } catch {
            throw ServerFailure(error.message)
        }
        try SystemFile.write(file, to: path) { ServerFailure($0) }
    }
}
