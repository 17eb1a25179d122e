// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cryptography
import JSONValue

/// Makes a key for signing plugins.
struct Keygen: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a key for signing plugins.",
        discussion: """
            Writes an Ed25519 secret key, which only you may read, and prints the public key. Who trusts you puts that \
            into trust.signers of megaraptor.yaml.
            """
    )

    @Argument(help: "The file for the secret key. It must not exist.")
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let key = try SecretKeyFile(creating: file)
        let publicKey = Base64.encode(try Ed25519.publicKey(of: key.secret))
        if json {
            print(JSONValue.object(["secret_key_file": .string(file), "public_key": .string(publicKey)]).prettyJSON())
        } else {
            print("The secret key is in \(file); keep a copy where nobody else gets at it.")
            print("For those who trust you:\n\ntrust:\n  signers:\n    YOUR-NAME: \(publicKey)")
        }
    }
}
