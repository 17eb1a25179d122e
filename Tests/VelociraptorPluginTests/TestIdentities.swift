// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCTransport

/// The certificates of one test run: an authority, a server, a client; and an authority nobody trusts.
struct TestIdentities: Sendable {
    struct Identity: Sendable {
        var certificate: String
        var key: String
    }

    static let serverName = "LoopbackServer"

    let authority: Identity
    let server: Identity
    let client: Identity
    let strangeAuthority: Identity
    let strangeClient: Identity

    static let shared = Result { try TestIdentities() }

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "grpc-tests-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func openssl(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
        func authority(_ name: String) throws {
            try openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=\(name)",
                "-keyout",
                "\(name).key",
                "-out",
                "\(name).pem"
            )
        }
        func issue(_ name: String, by issuer: String) throws {
            try openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=\(name)",
                "-keyout",
                "\(name).key",
                "-out",
                "\(name).csr"
            )
            try Data("subjectAltName=DNS:\(name)".utf8).write(to: folder.appending(path: "ext"))
            try openssl(
                "x509",
                "-req",
                "-in",
                "\(name).csr",
                "-CA",
                "\(issuer).pem",
                "-CAkey",
                "\(issuer).key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "ext",
                "-out",
                "\(name).pem"
            )
        }
        func read(_ name: String) throws -> Identity {
            Identity(
                certificate: try String(contentsOf: folder.appending(path: "\(name).pem"), encoding: .utf8),
                key: try String(contentsOf: folder.appending(path: "\(name).key"), encoding: .utf8)
            )
        }
        try authority("authority")
        try authority("strangers")
        try issue(Self.serverName, by: "authority")
        try issue("analyst", by: "authority")
        try issue("stranger", by: "strangers")
        self.authority = try read("authority")
        strangeAuthority = try read("strangers")
        server = try read(Self.serverName)
        client = try read("analyst")
        strangeClient = try read("stranger")
    }
}
