// SPDX-License-Identifier: Apache-2.0

internal import Certificates
public import MegaraptorErrors

extension DeploymentPKI {
    /// The authority's certificate, for everybody. The other files hold a certificate and its private key behind it.
    public static let authorityFile = "ca.crt"
    static let frontendFile = "frontend.pem"
    static let gatewayFile = "gateway.pem"
    static let clientStart = "api-"
    static let formerStart = "former-ca-"
    static let fileEnd = ".pem"

    /// Writes the certificates and keys into a folder of their own, mode 0700, files 0600, all of them or none.
    ///
    /// The authority's key is not among them. API clients and former authorities that this bundle lacks go.
    public func save(in folder: String) throws(MegaraptorError) {
        var files = [(name: Self.authorityFile, text: try authority.pem())]
        for (place, former) in formerAuthorities.enumerated() {
            files.append((Self.formerStart + Self.number(place) + Self.fileEnd, try former.pem()))
        }
        files.append((Self.frontendFile, try Self.pem(frontend)))
        files.append((Self.gatewayFile, try Self.pem(gateway)))
        for client in apiClients {
            let name = try UserName(client.certificate.commonName ?? "")
            files.append((Self.clientStart + name.text + Self.fileEnd, try Self.pem(client)))
        }
        try PrivateFileSet(folder: folder).replace(files, removingOthersThat: Self.isOptional)
    }

    /// Reads what ``save(in:)`` has written, and finishes a save that was interrupted. Says nothing about whether the
    /// certificates are sound: ask ``checks(at:)``.
    ///
    /// - Throws: `notFound` where a file is missing, `permissionDenied` where others can read one.
    public init(folder: String) throws(MegaraptorError) {
        self = try PrivateFileSet(folder: folder).reading { names throws(MegaraptorError) in
            try DeploymentPKI(folder: folder, names: names)
        }
    }

    private init(folder: String, names: [String]) throws(MegaraptorError) {
        var formers: [Certificate] = []
        for name in names where name.hasPrefix(Self.formerStart) && name.hasSuffix(Self.fileEnd) {
            formers.append(try Certificate(pem: Self.text(folder, name)))
        }
        var clients: [Identity] = []
        for name in names where name.hasPrefix(Self.clientStart) && name.hasSuffix(Self.fileEnd) {
            clients.append(try Self.identity(folder, name))
        }
        self.init(
            authority: try Certificate(pem: Self.text(folder, Self.authorityFile)),
            formerAuthorities: formers,
            frontend: try Self.identity(folder, Self.frontendFile),
            gateway: try Self.identity(folder, Self.gatewayFile),
            apiClients: clients
        )
    }

    private static func isOptional(_ name: String) -> Bool {
        (name.hasPrefix(clientStart) || name.hasPrefix(formerStart)) && name.hasSuffix(fileEnd)
    }

    /// Two digits, so that names sort by age.
    private static func number(_ place: Int) -> String { (place < 9 ? "0" : "") + String(place + 1) }

    private static func pem(_ identity: Identity) throws(MegaraptorError) -> String {
        try identity.certificate.pem() + identity.key.pkcs1PEM()
    }

    private static func identity(_ folder: String, _ name: String) throws(MegaraptorError) -> Identity {
        let text = try text(folder, name)
        return Identity(certificate: try Certificate(pem: text), key: try PrivateKey(pem: text))
    }

    private static func text(_ folder: String, _ name: String) throws(MegaraptorError) -> String {
        if let text = try PrivateFileSet(folder: folder).text(name) { return text }
        throw MegaraptorError(
            .notFound,
            "\(folder)/\(name) is missing, so the deployment's certificates are not whole.",
            hint: "Take it from a backup, or make new certificates with the authority's key."
        )
    }
}
