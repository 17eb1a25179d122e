// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cryptography
import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust
import WholeFiles
import YAMLSource

/// Signs a plugin for release.
struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sign a plugin: write plugin.sig beside its manifest.",
        discussion: """
            The signature is over the id, the version, the contract, and digests of the library, the manifest and the \
            texts beside it. Sign last: whatever changes afterwards makes it void.
            """
    )

    @Argument(help: "The plugin's folder, with its manifest and its library.")
    var folder: String

    @Option(help: "The file with the secret key.")
    var key: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let secret = try SecretKeyFile(reading: key).secret
        let manifest = try PluginManifest.read(folder: folder, libraryFolders: [])
        let fingerprint = try TrustPolicy.any.fingerprint(of: manifest)
        let signature = try Ed25519.sign(PluginSignature.text(of: fingerprint), secret: secret)
        var members = fingerprint.json
        members["key"] = .string(Base64.encode(try Ed25519.publicKey(of: secret)))
        members["signature"] = .string(Base64.encode(signature))
        let file = "\(folder)/\(PluginSignature.fileName)"
        do {
            try WholeFile.write(YAMLEmitter.text(for: .object(members)).utf8, to: file, isPrivate: false)
        } catch {
            throw MegaraptorError(
                .internal,
                "The signature \(file) cannot be written.",
                hint: "Check the folder's space and permissions.",
                cause: "\(error)"
            )
        }
        if json {
            members["file"] = .string(file)
            print(JSONValue.object(members).prettyJSON())
        } else {
            print(
                "\(manifest.id) \(manifest.version) is signed in \(file), with the key \(members["key"]?.stringValue ?? "")."
            )
        }
    }
}
