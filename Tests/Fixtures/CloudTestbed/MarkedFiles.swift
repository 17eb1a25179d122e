// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
import Foundation

/// A deployment's files with marks in the place of keys, by which leaks are found.
public struct MarkedFiles: Sendable {
    private static let marks = ["KEY-MARKER-1c07", "PASSWORD-MARKER-88fe", "NONCE-MARKER-4410"]

    private let folder: URL

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = zip(["private_key", "password_hash", "nonce"], Self.marks).map { "\($0): \($1)\n" }.joined()
        try Data(text.utf8).write(to: folder.appending(path: "server.config.yaml"))
    }

    public var files: DeploymentSpecification.Files {
        .init(
            folder: folder.path,
            serverConfig: folder.appending(path: "server.config.yaml").path,
            caCertificate: folder.appending(path: "ca.pem").path
        )
    }

    /// What of these files, or of any key, stands in a text.
    public func leaks(in text: String) -> [String] {
        (Self.marks + [folder.path, "PRIVATE KEY-----"]).filter { text.contains($0) }
    }

    public func remove() throws { try FileManager.default.removeItem(at: folder) }
}
