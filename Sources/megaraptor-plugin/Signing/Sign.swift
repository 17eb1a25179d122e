// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust

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
        let signature = try PluginSignature(of: TrustPolicy.any.fingerprint(of: manifest), secret: secret)
        let file = "\(folder)/\(PluginSignature.fileName)"
        do {
            try WholeFile.write(signature.file.utf8, to: file, isPrivate: false)
        } catch {
            throw MegaraptorError(
                .internal,
                "The signature \(file) cannot be written.",
                hint: "Check the folder's space and permissions.",
                cause: "\(error)"
            )
        }
        if json {
            var members = signature.fingerprint.json
            members["file"] = .string(file)
            members["key"] = .string(signature.key)
            print(JSONValue.object(members).prettyJSON())
        } else {
            print("\(manifest.id) \(manifest.version) is signed in \(file), with the key \(signature.key).")
        }
    }
}
