// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import MegaraptorErrors

/// The lab's authority, the server's certificate and those of the users, kept in the folder `keys`.
///
/// They are made once in a folder, so that client files go on working when the lab starts there again.
struct LabCredentials: Sendable {
    let directory: String
    let authority: String
    let serverCertificate: String
    let serverKey: String
    /// The authority that nobody trusts.
    let foreignAuthority: String
    /// All users' certificates are for one key pair: it saves the making of nine.
    let clientKey: String
    let clientCertificates: [LabUser: String]

    /// Loads what is in the folder, or makes what is not.
    static func prepared(in directory: String) async throws(MegaraptorError) -> LabCredentials {
        try TextFile.makeDirectory(directory + "/keys")
        if let loaded = try LabCredentials(loadingFrom: directory) { return loaded }
        try await make(in: directory)
        guard let made = try LabCredentials(loadingFrom: directory) else {
            throw MegaraptorError(.internal, "The lab made keys in \(directory)/keys and cannot find them.")
        }
        return made
    }

    /// The files of ``directory`` by what they hold. The server's key is written last: with it the folder is complete.
    enum File {
        static let authority = "authority.crt"
        static let foreignAuthority = "foreign.crt"
        static let clientKey = "clients.key"
        static let serverCertificate = "server.crt"
        static let serverKey = "server.key"
        static func certificate(of user: LabUser) -> String { "\(user.name)-\(user.rawValue).crt" }

        static func path(_ name: String, in directory: String) -> String { "\(directory)/keys/\(name)" }
    }

    private init?(loadingFrom directory: String) throws(MegaraptorError) {
        func load(_ name: String) throws(MegaraptorError) -> String? {
            try TextFile.contents(of: File.path(name, in: directory))
        }
        guard let serverKey = try load(File.serverKey), let authority = try load(File.authority),
            let foreign = try load(File.foreignAuthority), let clientKey = try load(File.clientKey),
            let serverCertificate = try load(File.serverCertificate)
        else { return nil }
        var certificates: [LabUser: String] = [:]
        for user in LabUser.allCases {
            guard let certificate = try load(File.certificate(of: user)) else { return nil }
            certificates[user] = certificate
        }
        self.directory = directory
        self.authority = authority
        self.serverCertificate = serverCertificate
        self.serverKey = serverKey
        foreignAuthority = foreign
        self.clientKey = clientKey
        clientCertificates = certificates
    }

    var configuration: GRPCServerConfiguration {
        GRPCServerConfiguration(certificate: serverCertificate, privateKey: serverKey, clientRoots: authority)
    }

    func credentials(of user: LabUser) -> UserCredentials {
        UserCredentials(
            roots: user == .wrongAuthority ? foreignAuthority : authority,
            certificate: clientCertificates[user] ?? "",
            privateKey: clientKey,
            user: user
        )
    }

    // MARK: - The port and the client files

    private var portFile: String { File.path("port", in: directory) }

    /// The port of the last start in this folder.
    var lastPort: Int? {
        get throws(MegaraptorError) {
            try TextFile.contents(of: portFile).flatMap { Int($0.prefix(while: \.isNumber)) }
        }
    }

    /// Writes the API client files for the port, each for its owner's eyes only.
    func writeClientFiles(port: Int) throws(MegaraptorError) {
        for user in LabUser.allCases {
            try TextFile.write(credentials(of: user).yaml(port: port), to: "\(directory)/\(user.fileName)")
        }
        try TextFile.write("\(port)\n", to: portFile)
    }
}
