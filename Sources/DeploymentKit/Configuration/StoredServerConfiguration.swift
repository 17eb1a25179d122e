// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import DeployerKit
internal import JSONValue
public import MegaraptorErrors
internal import YAMLSource

/// What an existing `server.config.yaml` says, ours or one of Velociraptor's own making: enough to go on with its
/// deployment when everything else of it is lost.
public struct StoredServerConfiguration: Sendable {
    public let nonces: DeploymentNonces
    public let authority: Certificate
    public let frontend: Identity
    public let gateway: Identity
    /// Where agents go.
    public let serverURLs: [String]
    public let guiURL: String
    public let frontendBind: DeploymentSpecification.Endpoint
    public let guiBind: DeploymentSpecification.Endpoint
    public let apiBind: DeploymentSpecification.Endpoint
    public let datastore: String
    /// Of the users whom the server makes when it first starts, as far as they are of Velociraptor's own scheme.
    public let initialPasswords: [PasswordHash]
    /// The authority's key, where the file holds it.
    public let authorityKey: PrivateKey?

    /// Reads the file's text.
    ///
    /// - Throws: `invalidArgument` that names the key which is missing or cannot be used. Never shows a value.
    public init(_ text: String, file: String) throws(MegaraptorError) {
        let reader = ConfigurationReader(root: try YAMLDocument.parse(text, file: file).json, file: file)
        nonces = try DeploymentNonces(
            client: reader.text("/Client/nonce"),
            // Files of Velociraptor's own making may lack it.
            obfuscation: reader.optionalText("/obfuscation_nonce") ?? DeploymentNonces().obfuscation
        )
        authority = try Certificate(pem: reader.text("/Client/ca_certificate"))
        frontend = try reader.identity("/Frontend/certificate", "/Frontend/private_key")
        gateway = try reader.identity("/GUI/gw_certificate", "/GUI/gw_private_key")
        serverURLs = try reader.texts("/Client/server_urls")
        guiURL = try reader.text("/GUI/public_url")
        frontendBind = try reader.endpoint("/Frontend")
        guiBind = try reader.endpoint("/GUI")
        apiBind = try reader.endpoint("/API")
        datastore = try reader.text("/Datastore/location")
        initialPasswords = (reader.optional("/GUI/initial_users")?.arrayValue ?? []).compactMap { user in
            guard let salt = user["password_salt"]?.stringValue, let hash = user["password_hash"]?.stringValue else {
                return nil
            }
            // One that somebody wrote by hand in another way can still work there, and says nothing here.
            return try? PasswordHash(salt: salt, hash: hash)
        }
        authorityKey = try reader.optionalText("/CA/private_key").map { text throws(MegaraptorError) in
            try PrivateKey(pem: text)
        }
    }

    /// The certificates as a bundle; those of API clients are not in the file.
    public var pki: DeploymentPKI { DeploymentPKI(authority: authority, frontend: frontend, gateway: gateway) }
}
