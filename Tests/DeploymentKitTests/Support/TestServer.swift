// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import Foundation
import JSONValue
import Testing
import YAMLSource

/// A server's configuration whose random parts are fixed but for its certificates.
enum TestServer {
    static let layout = ServerLayout(
        datastore: "/var/lib/velociraptor",
        logs: "/var/log/velociraptor",
        configuration: "/etc/velociraptor/server.config.yaml",
        runAsUser: "velociraptor",
        frontend: DeploymentSpecification.Endpoint(address: "0.0.0.0", port: 8000),
        gui: DeploymentSpecification.Endpoint(address: "127.0.0.1", port: 8889),
        api: DeploymentSpecification.Endpoint(address: "127.0.0.1", port: 8001),
        monitoring: DeploymentSpecification.Endpoint(address: "127.0.0.1", port: 8003)
    )

    static func make(_ change: (inout ServerConfiguration) throws -> Void = { _ in }) async throws
        -> ServerConfiguration
    {
        let salt = [UInt8](repeating: 0xAB, count: 32)
        var configuration = ServerConfiguration(
            hostname: try HostName("velo.example.org"),
            frontendPort: 8000,
            guiPort: 8889,
            layout: layout,
            profile: .standard,
            pki: try await TestPKI.pki,
            nonces: try DeploymentNonces(client: "bm9uY2U6MTIzNDU2Nzg5MA==", obfuscation: "b2JmdXNjYQ=="),
            initialUsers: [
                InitialUser(try UserName("admin"), password: try PasswordHash("correct horse", salt: salt)),
                InitialUser(try UserName("mcp"), password: nil),
            ],
            clientLabels: ["case-7"],
            version: "0.77.2"
        )
        try change(&configuration)
        return configuration
    }

    /// The value that a YAML reader sees, not the one that was written.
    static func read(_ text: String) throws -> JSONValue {
        try YAMLDocument.parse(text, file: "server.config.yaml").json
    }

    /// PEM bodies differ from run to run.
    static func withoutPEM(_ text: String) -> String {
        text.replacing(#/(-----BEGIN [A-Z ]+-----)[^-]+(-----END [A-Z ]+-----)/#) { "\($0.output.1)…\($0.output.2)" }
    }

    /// `MEGARAPTOR_UPDATE_GOLDEN=1` writes the file anew.
    static func compare(_ text: String, with name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Configuration/\(name)")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "run with MEGARAPTOR_UPDATE_GOLDEN=1 and look")
    }
}
