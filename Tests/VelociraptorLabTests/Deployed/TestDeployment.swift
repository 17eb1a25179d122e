// SPDX-License-Identifier: Apache-2.0

import Certificates
import Cryptography
import Foundation
import JSONValue
import VelociraptorLab
import YAMLSource

/// A folder with all that a server needs, and a configuration to be spoilt.
final class TestDeployment: Sendable {
    let folder: URL
    let pki: TestPKI
    /// A whole configuration with free ports.
    let configuration: JSONValue

    static let password = "correct horse battery staple"

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        pki = try await TestPKI.shared.value
        configuration = try Self.configuration(pki, folder.path)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    private static func configuration(_ pki: TestPKI, _ folder: String) throws -> JSONValue {
        let salt = [UInt8](repeating: 7, count: 32)
        let hash = try SHA256.digest(salt + Array(password.utf8))
        let key = JSONValue.string(try pki.key.pkcs1PEM())
        return [
            "Client": [
                "server_urls": ["https://server.example:8000/"],
                "ca_certificate": .string(try pki.authority.certificate.pem()), "nonce": "bm9uY2U=",
            ],
            "API": ["bind_address": "127.0.0.1", "bind_port": 0, "bind_scheme": "tcp"],
            "GUI": [
                "bind_address": "127.0.0.1", "bind_port": 0,
                "public_url": "https://server.example:8889/app/index.html",
                "gw_certificate": .string(try pki.gateway()), "gw_private_key": key,
                "authenticator": ["type": "Basic"],
                "initial_users": [
                    [
                        "name": "admin", "password_hash": .string(Hexadecimal.encode(hash)),
                        "password_salt": .string(Hexadecimal.encode(salt)),
                    ], ["name": "api-admin"],
                ],
            ],
            "Frontend": [
                "hostname": "server.example", "bind_address": "127.0.0.1", "bind_port": 0,
                "certificate": .string(try pki.server()), "private_key": key,
            ],
            "Datastore": [
                "implementation": "FileBaseDataStore", "location": .string(folder + "/ds"),
                "filestore_directory": .string(folder + "/ds"),
            ],
            "Monitoring": ["bind_address": "127.0.0.1", "bind_port": 0],
        ]
    }

    /// The configuration with some members replaced, by paths such as `GUI.bind_port`; `nil` takes one away.
    func configuration(_ changes: [(String, JSONValue?)]) -> JSONValue {
        changes.reduce(configuration) { value, change in
            Self.replacing(value, change.0.split(separator: ".").map(String.init)[...], change.1)
        }
    }

    private static func replacing(_ value: JSONValue, _ path: ArraySlice<String>, _ new: JSONValue?) -> JSONValue {
        guard let name = path.first else { return new ?? .null }
        var object = value.objectValue ?? [:]
        let rest = path.dropFirst()
        object[name] = rest.isEmpty ? new : replacing(object[name] ?? [:], rest, new)
        return .object(object)
    }

    /// Writes a configuration and gives its path.
    func write(_ configuration: JSONValue? = nil, to name: String = "server.config.yaml") throws -> String {
        let file = folder.appending(path: name)
        try Data(YAMLEmitter.text(for: configuration ?? self.configuration).utf8).write(to: file)
        return file.path
    }

    /// Starts a server in this process.
    func start(_ changes: [(String, JSONValue?)] = []) throws -> DeployedServer {
        let text = YAMLEmitter.text(for: configuration(changes))
        return try DeployedServer(ServerConfiguration(yaml: text))
    }

    /// Runs a body against a server that is stopped afterwards.
    func withServer<Result>(
        _ changes: [(String, JSONValue?)] = [],
        _ body: (DeployedServer) async throws -> Result
    ) async throws -> Result {
        let server = try start(changes)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}
