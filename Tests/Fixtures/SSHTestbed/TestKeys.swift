// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The keys of all servers of one test run: making them anew for each takes longer than the tests.
struct TestKeys {
    let name: String
    let privateKey: Data
    let publicKey: Data

    static let made = Result { try make() }

    func write(into folder: URL) throws {
        let file = folder.appending(path: name)
        try privateKey.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try publicKey.write(to: folder.appending(path: "\(name).pub"))
    }

    private static func make() throws -> [TestKeys] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ssh-keys-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try ["host_key", "user_key", "strange_key", "other_host_key", "locked_key"].map { name in
            let file = folder.appending(path: name)
            let passphrase = name == "locked_key" ? "open sesame" : ""
            let arguments = ["-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", file.path]
            try SSHTestServer.output("/usr/bin/ssh-keygen", arguments)
            let publicKey = try Data(contentsOf: folder.appending(path: "\(name).pub"))
            return TestKeys(name: name, privateKey: try Data(contentsOf: file), publicKey: publicKey)
        }
    }
}
