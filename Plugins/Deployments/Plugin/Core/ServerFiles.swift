// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import WholeFiles

/// The certificates, keys and configurations of a deployment: makes them, and makes the configurations anew from what
/// is kept. Every file is its owner's alone.
struct ServerFiles: Sendable {
    let host: HostServices
    let folder: DeploymentFolder

    // MARK: - A new deployment

    /// Makes everything that the server needs before the first step. Can be done again as long as nothing outside uses
    /// what was made.
    func make(for record: inout DeploymentRecord) async throws(MegaraptorError) {
        guard let layout = record.layout else {
            throw MegaraptorError(.internal, "The deployer \(record.deployer.name) planned without a layout.")
        }
        let profile = try DeploymentProfile.named(record.specification.profile)
        let user = try UserName(record.apiUser)
        let made = try await DeploymentPKI.make(
            hostnames: [try HostName(record.specification.hostname)],
            apiClients: [user],
            terms: DeploymentPKI.Terms(profile: profile)
        )
        try await keep(authority: made.authority, for: &record)
        let password = GeneratedPassword()
        let name = SecretNames.name(SecretNames.adminPassword, of: record.id)
        try await host.keep(secret: name, type: "password", Array(password.text.utf8), replacing: true)
        record.secrets[SecretNames.adminPassword] = name
        try keep(made.pki)
        try write(
            try configuration(record, layout, made.pki, DeploymentNonces(), PasswordHash(password.text)),
            for: record
        )
        try showOnce(password, to: record)
    }

    /// Keeps the authority's key where only its name is told.
    func keep(
        authority: CertificateAuthority,
        for record: inout DeploymentRecord
    ) async throws(MegaraptorError) {
        let name = SecretNames.name(SecretNames.authorityKey, of: record.id)
        try await host.keep(secret: name, type: "text", Array(try authority.key.pkcs1PEM().utf8), replacing: true)
        record.secrets[SecretNames.authorityKey] = name
    }

    /// Keeps the authority's key under another name, before a new one takes its place.
    func keepFormerAuthority(of record: inout DeploymentRecord) async throws(MegaraptorError) {
        guard let current = record.secrets[SecretNames.authorityKey] else { return }
        let name = SecretNames.name(SecretNames.formerAuthorityKey, of: record.id)
        try await host.keep(secret: name, type: "text", try await host.secret(current).bytes, replacing: true)
        record.secrets[SecretNames.formerAuthorityKey] = name
    }

    /// A file from which a person reads the password, and which is theirs to delete.
    private func showOnce(_ password: GeneratedPassword, to record: DeploymentRecord) throws(MegaraptorError) {
        let text = """
            Velociraptor \(record.specification.name) (\(record.id))
            \(DeploymentReport(record: record, folder: folder).guiAddress)
            user: \(record.administrator)
            password: \(password.text)

            Delete this file once you have read it. The password is also kept as the secret \
            \(record.secrets[SecretNames.adminPassword] ?? "").

            """
        try PrivateFile.replace(folder.adminPassword, with: Array(text.utf8))
    }

    // MARK: - What is kept

    func pki() throws(MegaraptorError) -> DeploymentPKI { try DeploymentPKI(folder: folder.pki) }

    /// Keeps certificates in the place of those that are kept, if they can work at all.
    func keep(_ pki: DeploymentPKI) throws(MegaraptorError) {
        try pki.requireSound(at: Moment.now.unixSeconds)
        try pki.save(in: folder.pki)
    }

    func nonces() throws(MegaraptorError) -> DeploymentNonces { try stored().nonces }

    private func stored() throws(MegaraptorError) -> StoredServerConfiguration {
        guard let bytes = try PrivateFile.read(folder.serverConfig, limit: 1 << 20) else {
            throw MegaraptorError(.notFound, "\(folder.serverConfig) is missing.", hint: "Take it from a backup.")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return try StoredServerConfiguration(text, file: folder.serverConfig)
    }

    /// The authority with its key, to sign something.
    func authority(of record: DeploymentRecord, _ pki: DeploymentPKI) async throws(MegaraptorError)
        -> CertificateAuthority
    {
        // A renewal that was interrupted may have kept the new key before the certificates.
        let names = [SecretNames.authorityKey, SecretNames.formerAuthorityKey].compactMap { record.secrets[$0] }
        for name in names {
            let key = try PrivateKey(pem: try await host.secret(name).text)
            if try pki.authority.matches(key) { return try pki.authority(key: key) }
        }
        throw MegaraptorError(
            .failedPrecondition,
            "The key of the deployment's authority \(pki.authority.subject) is not kept.",
            hint:
                "Keep it again under \(SecretNames.name(SecretNames.authorityKey, of: record.id)), or rotate the authority."
        )
    }

    /// The administrator's password, hashed; `nil` where it is no longer kept. It counts only for an empty datastore.
    ///
    /// The hash that is in the file stays while it fits: with a new salt the file would be another each time, and whoever
    /// goes on with an interrupted change would not find that it was handed over already.
    private func adminHash(_ record: DeploymentRecord) async throws(MegaraptorError) -> PasswordHash? {
        guard let name = record.secrets[SecretNames.adminPassword] else { return nil }
        let password: String
        do throws(MegaraptorError) {
            password = try await host.secret(name).text
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        for kept in try stored().initialPasswords where try kept.matches(password) { return kept }
        return try PasswordHash(password)
    }

    // MARK: - Configurations

    /// Writes the configurations anew, with the certificates that are kept.
    func writeConfigurations(for record: DeploymentRecord) async throws(MegaraptorError) {
        guard let layout = record.layout else {
            throw MegaraptorError(.failedPrecondition, "The deployment \(record.id) was never made.")
        }
        let configuration = try configuration(
            record,
            layout,
            try pki(),
            try nonces(),
            try await adminHash(record)
        )
        try write(configuration, for: record)
    }

    func configuration(
        _ record: DeploymentRecord,
        _ layout: ServerLayout,
        _ pki: DeploymentPKI,
        _ nonces: DeploymentNonces,
        _ adminHash: PasswordHash?
    ) throws(MegaraptorError) -> ServerConfiguration {
        let specification = record.specification
        return ServerConfiguration(
            hostname: try HostName(specification.hostname),
            frontendPort: specification.frontend.port,
            guiPort: specification.gui.port,
            layout: layout,
            profile: try DeploymentProfile.named(specification.profile),
            pki: pki,
            nonces: nonces,
            initialUsers: [InitialUser(try UserName(record.administrator), password: adminHash)],
            serving: try Self.serving(record),
            clientLabels: record.notes.tags,
            version: specification.binary.flatMap { $0.version == ServerProgram.unknownVersion ? nil : $0.version }
        )
    }

    private func write(_ configuration: ServerConfiguration, for record: DeploymentRecord) throws(MegaraptorError) {
        try PrivateFile.replace(folder.serverConfig, with: Array(try configuration.text().utf8))
        try PrivateFile.replace(folder.clientConfig, with: Array(try configuration.client.text().utf8))
        for identity in configuration.pki.apiClients {
            let path = apiClientFile(identity.certificate.commonName ?? "", record)
            try write(apiClient: identity, configuration.pki, for: record, to: path)
        }
    }

    /// Where the API client file of a user lies. A user's name is a plain file name.
    func apiClientFile(_ user: String, _ record: DeploymentRecord) -> String {
        user == record.apiUser ? folder.apiClient : "\(folder.path)/api-\(user).yaml"
    }

    /// Writes the file with which somebody talks to the API.
    func write(
        apiClient identity: Identity,
        _ pki: DeploymentPKI,
        for record: DeploymentRecord,
        to path: String
    ) throws(MegaraptorError) {
        let api = record.specification.api
        let everywhere = api.address == "0.0.0.0" || api.address == "::"
        let file = APIClientConfiguration(
            authority: pki.authority,
            identity: identity,
            hostname: try HostName(everywhere ? record.specification.hostname : api.address),
            port: api.port
        )
        try PrivateFile.replace(path, with: Array(try file.text().utf8))
    }

    static func serving(_ record: DeploymentRecord) throws(MegaraptorError) -> ServingCertificate {
        if let cache = record.inputs[ServerInputs.CodingKeys.acmeDirectory.rawValue]?.stringValue {
            return .acme(cache: cache)
        }
        let certificate = record.inputs[ServerInputs.CodingKeys.certificateFile.rawValue]?.stringValue
        let key = record.inputs[ServerInputs.CodingKeys.certificateKeyFile.rawValue]?.stringValue
        guard let certificate, let key else {
            guard certificate == nil, key == nil else {
                throw MegaraptorError(.invalidArgument, "tls_certificate and tls_private_key belong together.")
            }
            return .ownAuthority
        }
        return .files(certificate: certificate, key: key)
    }

    // MARK: - End

    /// Takes away the keys and configurations of a server that is gone. The authority's certificate and the record stay,
    /// to tell later what there was.
    func removeKeys() throws(MegaraptorError) {
        for name in try FolderListing.names(folder.path) ?? []
        where name.hasSuffix(".yaml") || name.hasSuffix(".config.json") {
            unlink("\(folder.path)/\(name)")
        }
        unlink(folder.adminPassword)
        for name in try FolderListing.names(folder.pki) ?? [] where name != DeploymentPKI.authorityFile {
            unlink("\(folder.pki)/\(name)")
        }
    }
}
