// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import MegaraptorErrors

/// The certificates of one deployment and their keys, without the key of the authority.
///
/// That one makes servers and all-powerful users, so it lives in the secret store and is handed in where something is to be
/// signed. All keys are RSA: the server accepts no others for itself, and its own tools none for the authority.
public struct DeploymentPKI: Sendable {
    /// What agents and API clients trust.
    public let authority: Certificate
    /// The authorities before this one, oldest first. Agents with old configurations trust only theirs.
    public let formerAuthorities: [Certificate]
    /// The server towards agents, the API and browsers. Its common name is always `VelociraptorServer`.
    public let frontend: Identity
    /// The GUI towards the API.
    public let gateway: Identity
    /// API clients; the common name of each is its user's.
    public let apiClients: [Identity]

    public init(
        authority: Certificate,
        formerAuthorities: [Certificate] = [],
        frontend: Identity,
        gateway: Identity,
        apiClients: [Identity] = []
    ) {
        self.authority = authority
        self.formerAuthorities = formerAuthorities
        self.frontend = frontend
        self.gateway = gateway
        self.apiClients = apiClients
    }

    /// The identity of an API client; the user's name decides.
    public func apiClient(_ name: UserName) -> Identity? {
        apiClients.first { $0.certificate.commonName == name.text }
    }

    /// What may sign for this deployment, from the key that the secret store keeps.
    ///
    /// - Throws: `invalidArgument` where the key is not this authority's.
    public func authority(key: PrivateKey) throws(MegaraptorError) -> CertificateAuthority {
        try CertificateAuthority(certificate: authority, key: key)
    }

    /// How long certificates are valid and how strong their keys are.
    public struct Terms: Sendable, Hashable {
        public var authority: Validity
        public var server: Validity
        public var apiClient: Validity
        public var keySize: PrivateKey.Size

        /// Ten years for the authority, one for the others, as Velociraptor itself has it.
        public init(
            authority: Validity = .days(3650),
            server: Validity = .days(365),
            apiClient: Validity = .days(365),
            keySize: PrivateKey.Size = .bits2048
        ) {
            self.authority = authority
            self.server = server
            self.apiClient = apiClient
            self.keySize = keySize
        }

        /// What a profile asks for.
        public init(profile: DeploymentProfile, keySize: PrivateKey.Size = .bits2048) {
            self.init(server: profile.serverValidity, apiClient: profile.apiClientValidity, keySize: keySize)
        }
    }
}

extension DeploymentPKI: CustomStringConvertible {
    public var description: String { "DeploymentPKI(\(authority.subject), \(apiClients.count) API clients)" }
}
