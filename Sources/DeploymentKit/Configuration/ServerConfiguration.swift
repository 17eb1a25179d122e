// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import DeployerKit

/// All that `server.config.yaml` is made of.
///
/// It holds private keys and the enrolment secret, so a text that is made of it goes only into a file of mode 0600.
/// Ask ``problems()`` before anything is made with it; the texts refuse to be written while one of them is an error.
public struct ServerConfiguration: Sendable {
    /// By which agents and people reach the server; it is baked into every agent.
    public var hostname: HostName
    /// The port of ``hostname`` for agents.
    public var frontendPort: Int
    /// The port of ``hostname`` for people.
    public var guiPort: Int
    /// Where things lie and what is bound where the server runs.
    public var layout: ServerLayout
    public var profile: DeploymentProfile
    public var pki: DeploymentPKI
    public var nonces: DeploymentNonces
    /// Counts only at the first start of an empty datastore.
    public var initialUsers: [InitialUser]
    public var serving: ServingCertificate
    /// What agents are labelled with when they enrol.
    public var clientLabels: [String]
    /// The version of the server program, for the reader of the file; the server does not need it.
    public var version: String?
    /// Lets the server sign certificates itself. Better kept out: whoever reads the file could make an all-powerful user.
    public var authorityKey: PrivateKey?

    public init(
        hostname: HostName,
        frontendPort: Int,
        guiPort: Int,
        layout: ServerLayout,
        profile: DeploymentProfile,
        pki: DeploymentPKI,
        nonces: DeploymentNonces,
        initialUsers: [InitialUser],
        serving: ServingCertificate = .ownAuthority,
        clientLabels: [String] = [],
        version: String? = nil,
        authorityKey: PrivateKey? = nil
    ) {
        self.hostname = hostname
        self.frontendPort = frontendPort
        self.guiPort = guiPort
        self.layout = layout
        self.profile = profile
        self.pki = pki
        self.nonces = nonces
        self.initialUsers = initialUsers
        self.serving = serving
        self.clientLabels = clientLabels
        self.version = version
        self.authorityKey = authorityKey
    }

    /// What agents of this server are given.
    public var client: ClientConfiguration {
        ClientConfiguration(
            hostname: hostname,
            frontendPort: frontendPort,
            authority: pki.authority,
            nonces: nonces,
            pinsServerName: profile.pinsServerName && serving == .ownAuthority,
            labels: clientLabels,
            version: version
        )
    }

    /// Where people log in. The server does not start with any other ending.
    public var guiURL: String { Self.url(hostname, guiPort) + "app/index.html" }

    /// With a slash at its end, without which the server does not start.
    static func url(_ hostname: HostName, _ port: Int) -> String {
        "https://\(hostname.bracketed)\(port == 443 ? "" : ":\(port)")/"
    }
}
